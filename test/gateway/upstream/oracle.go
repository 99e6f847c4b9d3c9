package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/gin-gonic/gin"
)

// One question a line, one answer a line, in order: {"kind":"path","method","target"}, {"kind":"json","route","body"},
// {"kind":"name","name"}, {"kind":"multipart","type","query","body"}.
type question struct {
	Kind   string `json:"kind"`
	Method string `json:"method"`
	Target string `json:"target"`
	Route  string `json:"route"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Query  string `json:"query"`
	Body   []byte `json:"body"`
}

func oracle(in io.Reader, out io.Writer) {
	reader := bufio.NewReaderSize(in, 1<<20)
	writer := bufio.NewWriterSize(out, 1<<20)
	defer writer.Flush()
	recording = mux(routes(recordRoute))
	for {
		line, err := reader.ReadBytes('\n')
		if len(line) > 1 {
			var q question
			if json.Unmarshal(line, &q) == nil {
				b, _ := json.Marshal(reply(q))
				writer.Write(b)
			}
			writer.WriteByte('\n')
			if reader.Buffered() == 0 {
				writer.Flush()
			}
		}
		if err != nil {
			return
		}
	}
}

func reply(q question) any {
	switch q.Kind {
	case "path":
		return askPath(q.Method, q.Target, 0)
	case "json":
		value := structFor(q.Route)
		if value == nil {
			return gin.H{"ok": false, "error": "no such route"}
		}
		if err := decode(q.Body, value); err != nil {
			return gin.H{"ok": false, "error": err.Error()}
		}
		return gin.H{"ok": true, "value": value, "model": modelIn(value)}
	case "name":
		n, ok := readName(q.Name)
		return gin.H{"ok": ok, "key": n.key(), "cloud": n.Cloud, "scheme": n.Scheme}
	case "multipart":
		return askForm(q)
	}
	return gin.H{"ok": false}
}

type reached struct {
	Route    string `json:"route"`
	Param    string `json:"param"`
	Status   int    `json:"status"`
	Location string `json:"location"`
	Error    string `json:"error"`
	// What the redirect leads to, when there is one.
	Then *reached `json:"then,omitempty"`
}

// The answer being filled in; questions are answered one after another.
var current *reached

// The server's routes, each writing down that it was reached.
var recording http.Handler

func recordRoute(id string, c *gin.Context) {
	current.Route = id
	for _, p := range c.Params {
		current.Param = p.Value
	}
	c.Status(http.StatusOK)
}

func askPath(method, target string, depth int) *reached {
	request, err := http.ReadRequest(bufio.NewReader(strings.NewReader(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")))
	if err != nil {
		return &reached{Error: err.Error()}
	}
	r := &reached{}
	current = r
	recorder := httptest.NewRecorder()
	recording.ServeHTTP(recorder, request)
	r.Status, r.Location = recorder.Code, recorder.Header().Get("Location")
	if r.Location != "" && depth < 3 {
		r.Then = askPath(method, r.Location, depth+1)
	}
	return r
}

func askForm(q question) any {
	request, err := http.NewRequest("POST", "http://localhost/v1/audio/transcriptions"+q.Query, strings.NewReader(string(q.Body)))
	if err != nil {
		return gin.H{"ok": false, "error": err.Error()}
	}
	request.Header.Set("Content-Type", q.Type)
	if err := request.ParseMultipartForm(25 << 20); err != nil {
		return gin.H{"ok": false, "error": err.Error()}
	}
	return gin.H{"ok": true, "model": request.FormValue("model")}
}
