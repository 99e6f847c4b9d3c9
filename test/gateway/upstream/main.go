// A stand-in for Ollama on the real gin and encoding/json: an upstream for tests, and an oracle of what Go makes of an input.
package main

import (
	"fmt"
	"os"

	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	if len(os.Args) == 2 && os.Args[1] == "serve" {
		serve()
		return
	}
	if len(os.Args) == 2 && os.Args[1] == "oracle" {
		oracle(os.Stdin, os.Stdout)
		return
	}
	fmt.Fprintln(os.Stderr, "usage: upstream serve|oracle")
	os.Exit(2)
}
