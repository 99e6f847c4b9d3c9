package main

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// One answer of a model on its way out.
type exchange struct {
	id     string
	model  string
	wish   wish
	order  order
	c      *gin.Context
	seen   *seenRequest
	text   string
	stream bool
}

// How an API family words what a model says; lines are what is written and flushed at once.
type voice interface {
	begin() []string
	say(text string) []string
	think(text string) []string
	call(name, args string, split int) []string
	end(reason string, prompt, count int) []string
	broken(text string) []string
	whole(text, thinking, tool, args, reason string, prompt, count int) any
	kind() string
}

func generate(id string, c *gin.Context, value any, seen *seenRequest) {
	m, ok := stock.find(seen.Model)
	if !ok {
		writeError(c, http.StatusNotFound, familyOf(id), "model '"+seen.Model+"' not found")
		return
	}
	w := wishOf(value)
	x := &exchange{id: id, model: seen.Model, wish: w, order: orderOf(w.text, w.limit), c: c, seen: seen, stream: w.stream}
	_ = m
	if x.order.status != 0 {
		c.Header("Retry-After", "1")
		writeError(c, x.order.status, familyOf(id), "server busy, please try again. maximum pending requests exceeded")
		return
	}
	if !x.pause(x.order.first) {
		return
	}
	switch id {
	case "embed", "embeddings", "v1-embeddings":
		x.embed()
	default:
		x.run(voiceFor(x))
	}
}

// Waits, and says whether the client is still there.
func (x *exchange) pause(ms int) bool {
	done := x.c.Request.Context().Done()
	if ms <= 0 {
		select {
		case <-done:
			return false
		default:
			return true
		}
	}
	timer := time.NewTimer(time.Duration(ms) * time.Millisecond)
	defer timer.Stop()
	select {
	case <-done:
		return false
	case <-timer.C:
		return true
	}
}

func (x *exchange) write(lines []string) {
	if !x.stream {
		return
	}
	for _, line := range lines {
		x.c.Writer.WriteString(line)
		x.c.Writer.Flush()
	}
}

func (x *exchange) run(v voice) {
	o := x.order
	if x.stream {
		x.c.Header("Content-Type", v.kind())
	}
	x.write(v.begin())
	text, thinking, count := "", "", 0
	for i := 0; i < o.think+o.tokens; i++ {
		if o.die == i {
			panic(http.ErrAbortHandler)
		}
		if o.fail == i {
			x.write(v.broken("an error was encountered while running the model"))
			return
		}
		if i > 0 && !x.pause(o.delay) {
			return
		}
		if i == o.think+o.tokens-1 && !x.pause(o.late) {
			return
		}
		count++
		if i < o.think {
			thinking += o.token()
			x.write(v.think(o.token()))
		} else {
			text += o.token()
			x.write(v.say(o.token()))
		}
		book.with(func() { x.seen.Sent++ })
	}
	reason := "stop"
	if x.wish.limit != nil && *x.wish.limit >= 0 && o.tokens >= *x.wish.limit && o.tool == "" {
		reason = "length"
	}
	if o.tool != "" {
		x.write(v.call(o.tool, o.args, o.split))
	}
	if x.stream {
		x.write(v.end(reason, o.prompt, count))
		return
	}
	family := familyOf(x.id)
	writeJSON(x.c, http.StatusOK, family, v.whole(text, thinking, o.tool, o.args, reason, o.prompt, count))
}

func (x *exchange) embed() {
	vector := []float64{0.25, -0.5, 0.125}
	switch x.id {
	case "embed":
		writeJSON(x.c, 200, "native", gin.H{"model": x.model, "embeddings": [][]float64{vector}, "total_duration": 1000, "load_duration": 100, "prompt_eval_count": x.order.prompt})
	case "embeddings":
		writeJSON(x.c, 200, "native", gin.H{"embedding": vector})
	default:
		writeJSON(x.c, 200, "openai", gin.H{
			"object": "list", "model": x.model, "data": []gin.H{{"object": "embedding", "embedding": vector, "index": 0}},
			"usage": gin.H{"prompt_tokens": x.order.prompt, "total_tokens": x.order.prompt},
		})
	}
}

// Progress of pull, push and create: two lines and success.
func progress(c *gin.Context, value any) {
	streamed := true
	switch r := value.(type) {
	case *nameRequest:
		streamed = r.Stream == nil || *r.Stream
	case *createRequest:
		streamed = r.Stream == nil || *r.Stream
		stock.add(model{Name: or(r.Model, r.Name)})
	}
	if !streamed {
		writeJSON(c, 200, "native", gin.H{"status": "success"})
		return
	}
	c.Header("Content-Type", "application/x-ndjson")
	for _, status := range []string{"pulling manifest", "verifying sha256 digest", "success"} {
		c.Writer.WriteString(asLine(gin.H{"status": status}))
		c.Writer.Flush()
	}
}

func asLine(value any) string {
	b, _ := json.Marshal(value)
	return string(b) + "\n"
}

func asEvent(name string, value any) string {
	b, _ := json.Marshal(value)
	if name == "" {
		return "data: " + string(b) + "\n\n"
	}
	return "event: " + name + "\ndata: " + string(b) + "\n\n"
}

// Cuts text into n pieces, the last one taking the rest.
func pieces(text string, n int) []string {
	if n < 2 || len(text) < n {
		return []string{text}
	}
	size := len(text) / n
	var list []string
	for i := 0; i < n-1; i++ {
		list = append(list, text[i*size:(i+1)*size])
	}
	return append(list, text[(n-1)*size:])
}

func voiceFor(x *exchange) voice {
	switch x.id {
	case "v1-chat", "v1-completions":
		return &openaiVoice{x: x, chat: x.id == "v1-chat"}
	case "v1-responses":
		return &responsesVoice{x: x}
	case "v1-messages":
		return &anthropicVoice{x: x}
	}
	return &nativeVoice{x: x, chat: x.id == "chat"}
}
