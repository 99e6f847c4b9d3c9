package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/gin-gonic/gin"
)

type connKey struct{}

// Keeps the head of the request being read, as it came over the wire.
type headConn struct {
	net.Conn
	head []byte
	full bool
}

func (c *headConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 0 && !c.full {
		c.head = append(c.head, b[:n]...)
		if at := strings.Index(string(c.head), "\r\n\r\n"); at >= 0 {
			c.head, c.full = c.head[:at], true
		}
	}
	return n, err
}

// The lines of the head; called once the body is read, so that what comes next belongs to the next request.
func (c *headConn) take() []string {
	lines := strings.Split(string(c.head), "\r\n")
	c.head, c.full = nil, false
	return lines
}

type headListener struct{ net.Listener }

func (l headListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &headConn{Conn: c}, nil
}

// Starts both listeners and says where they are in one line of JSON; ends with standard input.
func serve() {
	main, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	aside, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	server := &http.Server{
		Handler:     mux(routes(answer)),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, connKey{}, c) },
		ConnState:   book.state,
	}
	go server.Serve(headListener{main})
	go http.Serve(aside, control())
	fmt.Printf("{\"url\":\"http://%s\",\"control\":\"http://%s\"}\n", main.Addr(), aside.Addr())
	io.Copy(io.Discard, os.Stdin)
}

// As the server hangs its router off Go's default mux, which cleans paths first.
func mux(engine *gin.Engine) http.Handler {
	m := http.NewServeMux()
	m.Handle("/", engine)
	return m
}

var localNames = []string{".localhost", ".local", ".internal"}

// Accepts loopback, private and unspecified addresses and local names, as a server bound to loopback does.
func hostAllowed(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	if ip := net.ParseIP(strings.Trim(host, "[]")); ip != nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified()
	}
	host = strings.ToLower(host)
	if own, err := os.Hostname(); err == nil && host == strings.ToLower(own) {
		return true
	}
	if host == "" || host == "localhost" {
		return true
	}
	for _, suffix := range localNames {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return false
}

func originAllowed(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil {
		return false
	}
	switch {
	case u.Scheme == "app" || u.Scheme == "file" || u.Scheme == "tauri" || strings.HasPrefix(u.Scheme, "vscode-"):
		return true
	}
	name := u.Hostname()
	return name == "localhost" || name == "127.0.0.1" || name == "0.0.0.0"
}

func guard(c *gin.Context) {
	if origin := c.GetHeader("Origin"); origin != "" && !originAllowed(origin) {
		c.AbortWithStatus(http.StatusForbidden)
		return
	}
	if !hostAllowed(c.Request.Host) {
		c.AbortWithStatus(http.StatusForbidden)
		return
	}
	if c.Request.Method == http.MethodOptions {
		c.AbortWithStatus(http.StatusNoContent)
		return
	}
	c.Next()
}

type routeRow struct {
	method, path, id string
}

var routeRows = []routeRow{
	{"GET", "/", "root"}, {"HEAD", "/", "root"},
	{"GET", "/api/version", "version"}, {"HEAD", "/api/version", "version"},
	{"GET", "/api/status", "status"},
	{"GET", "/api/tags", "tags"}, {"HEAD", "/api/tags", "tags"},
	{"GET", "/api/ps", "ps"},
	{"POST", "/api/show", "show"}, {"POST", "/api/me", "me"}, {"POST", "/api/signout", "signout"},
	{"DELETE", "/api/user/keys/:encodedKey", "user-key"},
	{"POST", "/api/generate", "generate"}, {"POST", "/api/chat", "chat"},
	{"POST", "/api/embed", "embed"}, {"POST", "/api/embeddings", "embeddings"},
	{"POST", "/api/pull", "pull"}, {"POST", "/api/push", "push"}, {"POST", "/api/create", "create"},
	{"POST", "/api/copy", "copy"}, {"DELETE", "/api/delete", "delete"},
	{"POST", "/api/blobs/:digest", "blob"}, {"HEAD", "/api/blobs/:digest", "blob"},
	{"GET", "/api/experimental/model-recommendations", "recommendations"},
	{"POST", "/api/experimental/web_search", "web-search"}, {"POST", "/api/experimental/web_fetch", "web-fetch"},
	{"POST", "/v1/chat/completions", "v1-chat"}, {"POST", "/v1/completions", "v1-completions"},
	{"POST", "/v1/embeddings", "v1-embeddings"}, {"GET", "/v1/models", "v1-models"}, {"GET", "/v1/models/:model", "v1-model"},
	{"POST", "/v1/responses", "v1-responses"}, {"POST", "/v1/messages", "v1-messages"},
	{"POST", "/v1/audio/transcriptions", "v1-audio"},
}

// The server's routes, each answered by `handle` with the row's id.
func routes(handle func(id string, c *gin.Context)) *gin.Engine {
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.Use(guard)
	for _, row := range routeRows {
		id := row.id
		engine.Handle(row.method, row.path, func(c *gin.Context) { handle(id, c) })
	}
	return engine
}

func writeJSON(c *gin.Context, status int, family string, value any) {
	kind := "application/json; charset=utf-8"
	if family != "native" {
		kind = "application/json"
	}
	b, _ := json.Marshal(value)
	if family != "native" {
		b = append(b, '\n')
	}
	c.Data(status, kind, b)
}

func writeError(c *gin.Context, status int, family, text string) {
	switch family {
	case "openai":
		writeJSON(c, status, family, gin.H{"error": gin.H{"message": text, "type": "api_error", "param": nil, "code": nil}})
	case "anthropic":
		writeJSON(c, status, family, gin.H{"type": "error", "error": gin.H{"type": "api_error", "message": text}, "request_id": "req_1"})
	default:
		writeJSON(c, status, family, gin.H{"error": text})
	}
}
