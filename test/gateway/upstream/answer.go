package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"
)

// Of which API family a route is: its errors and content types differ.
func familyOf(id string) string {
	switch {
	case id == "v1-messages":
		return "anthropic"
	case strings.HasPrefix(id, "v1-"):
		return "openai"
	}
	return "native"
}

// Decodes as gin's ShouldBindJSON does: the first value of the body alone.
func decode(body []byte, into any) error {
	if len(body) == 0 {
		return errors.New("missing request body")
	}
	return json.NewDecoder(bytes.NewReader(body)).Decode(into)
}

// The structure that a route decodes its body into; nil for a route without.
func structFor(id string) any {
	switch id {
	case "generate":
		return &generateRequest{}
	case "chat":
		return &chatRequest{}
	case "embed":
		return &embedRequest{}
	case "embeddings":
		return &embeddingRequest{}
	case "show":
		return &showRequest{}
	case "create":
		return &createRequest{}
	case "copy":
		return &copyRequest{}
	case "pull", "push", "delete":
		return &nameRequest{}
	case "v1-chat":
		return &openaiChatRequest{}
	case "v1-completions":
		return &openaiCompletionRequest{}
	case "v1-embeddings":
		return &openaiEmbedRequest{}
	case "v1-responses":
		return &responsesRequest{}
	case "v1-messages":
		return &anthropicRequest{}
	}
	return nil
}

// The model that a decoded request names.
func modelIn(value any) string {
	switch r := value.(type) {
	case *generateRequest:
		return r.Model
	case *chatRequest:
		return r.Model
	case *embedRequest:
		return r.Model
	case *embeddingRequest:
		return r.Model
	case *showRequest:
		return or(r.Model, r.Name)
	case *createRequest:
		return or(r.Model, r.Name)
	case *nameRequest:
		return or(r.Model, r.Name)
	case *copyRequest:
		return r.Source
	case *openaiChatRequest:
		return r.Model
	case *openaiCompletionRequest:
		return r.Model
	case *openaiEmbedRequest:
		return r.Model
	case *responsesRequest:
		return r.Model
	case *anthropicRequest:
		return r.Model
	}
	return ""
}

const keptBody = 65536

func answer(id string, c *gin.Context) {
	seen := &seenRequest{
		Method: c.Request.Method, Target: c.Request.RequestURI, Path: c.Request.URL.Path, Route: id, Pattern: c.FullPath(),
	}
	body, err := io.ReadAll(c.Request.Body)
	if conn, ok := c.Request.Context().Value(connKey{}).(*headConn); ok {
		seen.Head = conn.take()
	}
	seen.BodyBytes, seen.Body = len(body), string(body)
	if len(body) > keptBody {
		seen.Body = seen.Body[:keptBody]
	}
	book.begin(seen)
	defer func() { book.end(seen, c.Writer.Status(), c.Request.Context().Err() != nil) }()
	if err != nil {
		return
	}
	value := structFor(id)
	if value != nil {
		if err := decode(body, value); err != nil {
			book.with(func() { seen.DecodeError = err.Error() })
			writeError(c, http.StatusBadRequest, familyOf(id), err.Error())
			return
		}
		book.with(func() { seen.Decoded, seen.Model = value, modelIn(value) })
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
	dispatch(id, c, value, seen, body)
}

func dispatch(id string, c *gin.Context, value any, seen *seenRequest, body []byte) {
	switch id {
	case "root":
		c.String(http.StatusOK, "Ollama is running")
	case "version":
		writeJSON(c, 200, "native", gin.H{"version": "0.33.0"})
	case "status":
		writeJSON(c, 200, "native", gin.H{"cloud": gin.H{"disabled": false, "source": "none"}})
	case "tags":
		writeJSON(c, 200, "native", gin.H{"models": entries(stock.list(), tagsEntry)})
	case "ps":
		writeJSON(c, 200, "native", gin.H{"models": entries(running(), psEntry)})
	case "v1-models":
		writeJSON(c, 200, "openai", gin.H{"object": "list", "data": entries(stock.list(), v1Entry)})
	case "v1-model":
		book.with(func() { seen.Model = c.Param("model") })
		one(c, c.Param("model"), "openai", func(m model) any { return v1Entry(m) })
	case "show":
		one(c, seen.Model, "native", func(m model) any { return card(m) })
	case "me":
		writeJSON(c, 200, "native", gin.H{"name": "operator", "email": "operator@example.org", "plan": "pro"})
	case "blob":
		blob(c, body)
	case "copy":
		r := value.(*copyRequest)
		one(c, r.Source, "native", func(m model) any { m.Name = r.Destination; stock.add(m); return gin.H{} })
	case "delete":
		if !stock.remove(seen.Model) {
			writeError(c, 404, "native", "model '"+seen.Model+"' not found")
			return
		}
		c.Status(200)
	case "pull", "push", "create":
		progress(c, value)
	case "v1-audio":
		audio(c, seen)
	case "signout", "user-key", "recommendations", "web-search", "web-fetch":
		writeJSON(c, 200, "native", gin.H{"results": []any{}})
	default:
		generate(id, c, value, seen)
	}
}

func entries(models []model, entry func(model) map[string]any) []map[string]any {
	list := []map[string]any{}
	for _, m := range models {
		list = append(list, entry(m))
	}
	return list
}

func running() []model {
	var list []model
	for _, m := range stock.list() {
		if m.Running {
			list = append(list, m)
		}
	}
	return list
}

func one(c *gin.Context, name, family string, value func(model) any) {
	m, ok := stock.find(name)
	if !ok {
		writeError(c, 404, family, "model '"+name+"' not found")
		return
	}
	writeJSON(c, 200, family, value(m))
}

func card(m model) gin.H {
	v := gin.H{
		"license": "Apache License", "modelfile": "FROM " + m.Name, "parameters": "stop \"<end>\"",
		"template": "{{ .System }} {{ .Prompt }}", "system": m.System, "details": details,
		"model_info": gin.H{"general.architecture": "qwen2", "qwen2.context_length": 131072}, "capabilities": []string{"completion", "tools"},
		"modified_at": "2026-01-10T03:04:05Z",
	}
	if m.RemoteHost != "" {
		v["remote_host"], v["remote_model"] = m.RemoteHost, m.Remote
	}
	return v
}

var digestForm = regexp.MustCompile(`^sha256[:-]([0-9a-f]{64})$`)

func blob(c *gin.Context, body []byte) {
	form := digestForm.FindStringSubmatch(c.Param("digest"))
	if form == nil {
		writeError(c, 400, "native", "invalid digest format")
		return
	}
	stock.mu.Lock()
	known := stock.blobs[form[1]]
	stock.mu.Unlock()
	switch sum := sha256.Sum256(body); {
	case c.Request.Method == http.MethodHead && !known:
		c.Status(404)
	case c.Request.Method == http.MethodHead || known:
		c.Status(200)
	case hex.EncodeToString(sum[:]) != form[1]:
		writeError(c, 400, "native", "digest mismatch")
	default:
		stock.mu.Lock()
		stock.blobs[form[1]] = true
		stock.mu.Unlock()
		c.Status(201)
	}
	c.Writer.WriteHeaderNow()
}

func audio(c *gin.Context, seen *seenRequest) {
	if err := c.Request.ParseMultipartForm(25 << 20); err != nil {
		writeError(c, 400, "openai", "failed to parse multipart form: "+err.Error())
		return
	}
	name := c.Request.FormValue("model")
	book.with(func() { seen.Model = name })
	one(c, name, "openai", func(model) any { return gin.H{"text": "hello from the recording"} })
}
