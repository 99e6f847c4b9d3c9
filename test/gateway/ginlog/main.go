// Writes the access log of the real gin as Ollama does: gin.Default on the address given, in the zone of TZ.
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
)

func main() {
	if len(os.Args) == 3 && os.Args[2] == "colour" {
		gin.ForceConsoleColor()
	}
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		panic(err)
	}
	now := time.Now().Format("2006-01-02T15:04:05.000Z07:00")
	fmt.Printf("time=%s level=INFO source=routes.go:1237 msg=\"Listening on %s (version 0.5.7)\"\n", now, listener.Addr())
	router := gin.Default()
	router.NoRoute(func(c *gin.Context) {
		pause, _ := strconv.Atoi(c.Query("pause"))
		time.Sleep(time.Duration(pause) * time.Millisecond)
		status, err := strconv.Atoi(c.Query("status"))
		if err != nil {
			status = 200
		}
		c.String(status, "ok")
	})
	panic(http.Serve(listener, router))
}
