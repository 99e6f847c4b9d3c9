// Plays clients: reads them as JSON from stdin, each with an address of its own, and asks what they ask, round after round.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

type request struct {
	Method, Path, Body string
	Headers            map[string]string
}

type client struct {
	Source, Target string
	Requests       []request
	Rounds         int
	PauseMs        int
}

func (r request) wire(host string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", r.Method, r.Path, host)
	for name, value := range r.Headers {
		fmt.Fprintf(&b, "%s: %s\r\n", name, value)
	}
	if r.Body != "" {
		fmt.Fprintf(&b, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(r.Body))
	}
	return b.String() + "\r\n" + r.Body
}

// One round of everything it asks, written at once and answered in turn; a new connection each twenty rounds.
func (c client) play(count func(int)) {
	var all strings.Builder
	for _, r := range c.Requests {
		all.WriteString(r.wire(c.Target))
	}
	wire := []byte(all.String())
	for round := 0; round < c.Rounds; {
		dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(c.Source)}, Timeout: 5 * time.Second}
		conn, err := dialer.Dial("tcp", c.Target)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return
		}
		reader := bufio.NewReaderSize(conn, 1<<15)
		for n := 0; n < 20 && round < c.Rounds; n++ {
			round++
			conn.SetDeadline(time.Now().Add(60 * time.Second))
			if _, err := conn.Write(wire); err != nil {
				break
			}
			for _, r := range c.Requests {
				answer, err := http.ReadResponse(reader, &http.Request{Method: r.Method})
				if err != nil {
					n = 20
					break
				}
				io.Copy(io.Discard, answer.Body)
				count(answer.StatusCode)
			}
			time.Sleep(time.Duration(c.PauseMs) * time.Millisecond)
		}
		conn.Close()
	}
}

func main() {
	var clients []client
	if err := json.NewDecoder(os.Stdin).Decode(&clients); err != nil {
		panic(err)
	}
	var mutex sync.Mutex
	told := map[int]int{}
	count := func(status int) {
		mutex.Lock()
		told[status]++
		mutex.Unlock()
	}
	var all sync.WaitGroup
	for _, one := range clients {
		all.Add(1)
		go func(c client) {
			defer all.Done()
			c.play(count)
		}(one)
	}
	all.Wait()
	json.NewEncoder(os.Stdout).Encode(told)
}
