// Command farm listens on many loopback addresses and answers as a fleet of Ollama servers would, so that two probers can be
// compared on real sockets. Which kind an address is follows from its index alone; addresses left out are dead (refused).
//
// It prints one JSON line {"live":N,…} when every listener stands and ends when its standard input closes.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

type plan struct{ live, blackHole, drip, endless int }

// kindOf spreads the kinds over the addresses: index scrambled, then cut at per-ten-thousand marks.
func (p plan) kindOf(index int) string {
	mark := int((uint64(index)*2654435761 + 12345) % 4294967296 * 10000 / 4294967296)
	for _, step := range []struct {
		share int
		kind  string
	}{{p.live, "live"}, {p.blackHole, "black-hole"}, {p.drip, "drip"}, {p.endless, "endless"}} {
		if mark < step.share {
			return step.kind
		}
		mark -= step.share
	}
	return "dead"
}

func address(second, index int) string {
	return fmt.Sprintf("127.%d.%d.%d", second+index>>16, index>>8&255, index&255)
}

var requests, connections atomic.Int64

func main() {
	count := flag.Int("addresses", 1024, "addresses from 127.SECOND.0.0 on")
	first := flag.Int("first", 0, "index of the first address, when several farms share the range")
	second := flag.Int("second", 64, "second octet of the first address")
	port := flag.Int("port", 11434, "port")
	var p plan
	flag.IntVar(&p.live, "live", 10000, "live servers per ten thousand addresses")
	flag.IntVar(&p.blackHole, "black-hole", 0, "per ten thousand: SYN never answered")
	flag.IntVar(&p.drip, "drip", 0, "per ten thousand: a byte a second")
	flag.IntVar(&p.endless, "endless", 0, "per ten thousand: a body without end")
	flag.Parse()

	counts := map[string]int{}
	for index := *first; index < *first+*count; index++ {
		kind := p.kindOf(index)
		counts[kind]++
		if err := open(kind, index, address(*second, index), *port); err != nil {
			fmt.Fprintln(os.Stderr, "error:", err)
			os.Exit(1)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(counts); err != nil {
		os.Exit(1)
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = json.NewEncoder(os.Stdout).Encode(map[string]int64{"requests": requests.Load(), "connections": connections.Load()})
}

func open(kind string, index int, host string, port int) error {
	switch kind {
	case "dead":
		return nil
	case "black-hole":
		return blackHole(host, port)
	}
	listener, err := net.Listen("tcp4", fmt.Sprintf("%s:%d", host, port))
	if err != nil {
		return err
	}
	serve := map[string]func(net.Conn){"live": func(c net.Conn) { live(c, index) }, "drip": drip, "endless": endless}[kind]
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			connections.Add(1)
			go serve(conn)
		}
	}()
	return nil
}

// blackHole fills its own accept queue, so that the kernel drops every further SYN.
func blackHole(host string, port int) error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		return err
	}
	target := &syscall.SockaddrInet4{Port: port}
	copy(target.Addr[:], net.ParseIP(host).To4())
	if err := syscall.Bind(fd, target); err != nil {
		return err
	}
	if err := syscall.Listen(fd, 0); err != nil {
		return err
	}
	for filler := 0; filler < 2; filler++ {
		one, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK, 0)
		if err != nil {
			return err
		}
		_ = syscall.Connect(one, target) // EINPROGRESS is what we want
	}
	return nil
}

func live(conn net.Conn, index int) {
	defer conn.Close()
	reader := bufio.NewReaderSize(conn, 2048)
	writer := bufio.NewWriterSize(conn, 8192)
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return
		}
		length, err := skipHeaders(reader)
		if err != nil {
			return
		}
		if _, err := reader.Discard(length); err != nil {
			return
		}
		requests.Add(1)
		words := strings.SplitN(line, " ", 3)
		if len(words) < 3 {
			return
		}
		answer(writer, words[0], words[1], index)
		if reader.Buffered() == 0 && writer.Flush() != nil {
			return
		}
	}
}

func skipHeaders(reader *bufio.Reader) (int, error) {
	length := 0
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return 0, err
		}
		if line == "\r\n" {
			return length, nil
		}
		if strings.HasPrefix(strings.ToLower(line), "content-length:") {
			_, _ = fmt.Sscanf(strings.TrimSpace(line[15:]), "%d", &length)
		}
	}
}

func answer(writer *bufio.Writer, method, path string, index int) {
	status, kind, body := "200 OK", "application/json; charset=utf-8", ""
	switch {
	case path == "/" && method == "GET":
		kind, body = "text/plain; charset=utf-8", "Ollama is running"
	case path == "/api/version" && method == "GET":
		body = `{"version":"0.9.6"}`
	case path == "/api/tags" && method == "GET":
		body = tags(index)
	case path == "/api/ps" && method == "GET":
		body = `{"models":[]}`
	case path == "/v1/models" && method == "GET":
		kind, body = "application/json", openaiModels(index)
	case path == "/api/show" && method == "POST":
		body = show
	default:
		status, kind, body = "404 Not Found", "text/plain", "404 page not found"
	}
	fmt.Fprintf(writer, "HTTP/1.1 %s\r\nContent-Type: %s\r\nDate: Sat, 10 Jan 2026 03:04:05 GMT\r\nContent-Length: %d\r\n\r\n%s", status, kind, len(body), body)
}

// Every host carries three of forty-eight models, as in the field: few digests, many hosts.
func models(index int) [3]int { return [3]int{index % 48, (index*7 + 11) % 48, (index*13 + 29) % 48} }

func tags(index int) string {
	var rows []string
	for order, model := range models(index) {
		rows = append(rows, fmt.Sprintf(`{"name":"example-%d:latest","model":"example-%d:latest","modified_at":"2025-%02d-10T03:04:05.%09dZ","size":%d,"digest":"%064x","details":{"parent_model":"","format":"gguf","family":"qwen2","families":["qwen2"],"parameter_size":"7.6B","quantization_level":"Q4_K_M"}}`,
			model, model, 12-order, index%1000000, 4100000000+model, model+1))
	}
	return `{"models":[` + strings.Join(rows, ",") + `]}`
}

func openaiModels(index int) string {
	var rows []string
	for _, model := range models(index) {
		rows = append(rows, fmt.Sprintf(`{"id":"example-%d:latest","object":"model","created":1768014245,"owned_by":"library"}`, model))
	}
	return `{"object":"list","data":[` + strings.Join(rows, ",") + `]}`
}

var show = `{"license":"` + strings.Repeat("licence text ", 200) + `","modelfile":"FROM /models/blob","parameters":"stop \"<|im_end|>\"","template":"{{ if .Tools }}{{ end }}{{ .Prompt }}","details":{"parent_model":"","format":"gguf","family":"qwen2","families":["qwen2"],"parameter_size":"7.6B","quantization_level":"Q4_K_M"},"model_info":{"general.architecture":"qwen2","general.parameter_count":7600000000,"general.file_type":15,"qwen2.context_length":131072,"qwen2.embedding_length":3584,"qwen2.block_count":28},"capabilities":["completion","tools"],"modified_at":"2026-01-10T03:04:05Z"}`

func drip(conn net.Conn) {
	defer conn.Close()
	if _, err := conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")); err != nil {
		return
	}
	for second := 0; second < 120; second++ {
		if _, err := conn.Write([]byte("{")); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func endless(conn net.Conn) {
	defer conn.Close()
	if _, err := conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")); err != nil {
		return
	}
	block := []byte(strings.Repeat(" ", 4096))
	for written := 0; written < 64<<20; written += len(block) {
		if _, err := conn.Write(block); err != nil {
			return
		}
	}
}
