// Command peer asks the farm's live hosts what Corral asks them, by Go's net/http with one transport a host: the measure that
// Corral's processor time a host is held against. Addresses come on standard input, one a line.
//
// Six GETs a host, answers read whole, JSON decoded and checked, and /api/show for a digest until three hosts gave it.
// It prints one JSON line: hosts, requests, processor seconds of this process, wall seconds.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

type tagsAnswer struct {
	Models []struct {
		Name    string `json:"name"`
		Model   string `json:"model"`
		Digest  string `json:"digest"`
		Size    int64  `json:"size"`
		Details struct {
			Format            string   `json:"format"`
			Family            string   `json:"family"`
			Families          []string `json:"families"`
			ParameterSize     string   `json:"parameter_size"`
			QuantizationLevel string   `json:"quantization_level"`
		} `json:"details"`
	} `json:"models"`
}

var (
	requests, found atomic.Int64
	mutex           sync.Mutex
	shown           = map[string]int{}
)

func main() {
	workers := flag.Int("workers", 256, "hosts asked at once")
	port := flag.Int("port", 11434, "port")
	flag.Parse()
	hosts := make(chan string, 1024)
	var group sync.WaitGroup
	began := time.Now()
	for worker := 0; worker < *workers; worker++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for host := range hosts {
				if ask(fmt.Sprintf("http://%s:%d", host, *port)) {
					found.Add(1)
				}
			}
		}()
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		hosts <- lines.Text()
	}
	close(hosts)
	group.Wait()
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	_ = json.NewEncoder(os.Stdout).Encode(map[string]any{
		"hosts": found.Load(), "requests": requests.Load(),
		"cpu_seconds": seconds(usage.Utime) + seconds(usage.Stime), "wall_seconds": time.Since(began).Seconds(), "rss_kb": usage.Maxrss,
	})
}

func ask(base string) bool {
	transport := &http.Transport{MaxIdleConnsPerHost: 1, DisableCompression: true}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 5 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var version struct{ Version string }
	if !getJSON(client, base+"/api/version", &version) || version.Version == "" {
		return false
	}
	var tags tagsAnswer
	var running, listed map[string]any
	if !getJSON(client, base+"/api/tags", &tags) || tags.Models == nil {
		return false
	}
	getJSON(client, base+"/api/ps", &running)
	getJSON(client, base+"/v1/models", &listed)
	get(client, base+"/control-"+base[7:15])
	get(client, base+"/")
	for _, model := range tags.Models {
		mutex.Lock()
		wanted := shown[model.Digest] < 3
		if wanted {
			shown[model.Digest]++
		}
		mutex.Unlock()
		if wanted {
			show(client, base, model.Name)
		}
	}
	return true
}

func get(client *http.Client, url string) []byte {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil
	}
	return send(client, request)
}

func send(client *http.Client, request *http.Request) []byte {
	request.Header.Set("User-Agent", "corral-bench-peer")
	requests.Add(1)
	answer, err := client.Do(request)
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil || answer.StatusCode != http.StatusOK {
		return nil
	}
	return body
}

func getJSON(client *http.Client, url string, into any) bool {
	body := get(client, url)
	return body != nil && json.Unmarshal(body, into) == nil
}

func show(client *http.Client, base, name string) {
	text, _ := json.Marshal(map[string]string{"model": name, "name": name})
	request, err := http.NewRequest(http.MethodPost, base+"/api/show", bytes.NewReader(text))
	if err != nil {
		return
	}
	var card map[string]any
	if body := send(client, request); body != nil {
		_ = json.Unmarshal(body, &card)
	}
}
