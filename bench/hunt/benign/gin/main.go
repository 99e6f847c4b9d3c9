// A stand-in for Ollama that only logs: the real gin, its own access log on stdout. A header orders the answer's status.
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

func answer(c *gin.Context) {
	status, err := strconv.Atoi(c.GetHeader("X-Answer"))
	if err != nil {
		status = 200
	}
	if c.Request.Method == http.MethodOptions {
		status = 204
	}
	c.Data(status, "application/json", reply)
}

var reply = []byte(`{"model":"example-chat","message":{"role":"assistant","content":"` + strings.Repeat("word ", 120) + `"},"done":true}`)

func main() {
	gin.SetMode(gin.ReleaseMode)
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		panic(err)
	}
	now := time.Now().Format("2006-01-02T15:04:05.000Z07:00")
	fmt.Printf("time=%s level=INFO source=routes.go:1237 msg=\"Listening on %s (version 0.33.0)\"\n", now, listener.Addr())
	router := gin.Default()
	router.NoRoute(answer)
	panic(http.Serve(listener, router))
}
