package main

import (
	"encoding/json"
	"net"
	"net/http"
	"sync"
	"time"
)

// What the server saw of one request.
type seenRequest struct {
	Method      string   `json:"method"`
	Target      string   `json:"target"`
	Path        string   `json:"path"`
	Route       string   `json:"route"`
	Pattern     string   `json:"pattern"`
	Head        []string `json:"head"`
	Body        string   `json:"body"`
	BodyBytes   int      `json:"bodyBytes"`
	Decoded     any      `json:"decoded"`
	DecodeError string   `json:"decodeError"`
	Model       string   `json:"model"`
	Status      int      `json:"status"`
	Sent        int      `json:"sent"`
	Done        bool     `json:"done"`
	Cancelled   bool     `json:"cancelled"`
	AtMs        float64  `json:"atMs"`
	CancelledMs float64  `json:"cancelledAtMs"`
}

type seenBook struct {
	mu        sync.Mutex
	requests  []*seenRequest
	inFlight  int
	most      int
	cancelled int
	total     int
	conns     map[net.Conn]bool
	opened    int
}

var book = &seenBook{conns: map[net.Conn]bool{}}

const keptRequests = 2000

func nowMs() float64 { return float64(time.Now().UnixNano()) / 1e6 }

func (b *seenBook) begin(r *seenRequest) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r.AtMs = nowMs()
	b.total++
	b.inFlight++
	if b.inFlight > b.most {
		b.most = b.inFlight
	}
	if len(b.requests) < keptRequests {
		b.requests = append(b.requests, r)
	}
}

func (b *seenBook) end(r *seenRequest, status int, cancelled bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inFlight--
	r.Status, r.Done = status, true
	if cancelled {
		r.Cancelled, r.CancelledMs = true, nowMs()
		b.cancelled++
	}
}

func (b *seenBook) with(change func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change()
}

func (b *seenBook) state(c net.Conn, s http.ConnState) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch s {
	case http.StateNew:
		b.conns[c] = true
		b.opened++
	case http.StateClosed, http.StateHijacked:
		delete(b.conns, c)
	}
}

// GET /seen, POST /reset, POST /models (a list of entries in place of the usual ones).
func control() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("/seen", func(w http.ResponseWriter, _ *http.Request) {
		book.mu.Lock()
		defer book.mu.Unlock()
		requests := book.requests
		if requests == nil {
			requests = []*seenRequest{}
		}
		json.NewEncoder(w).Encode(map[string]any{
			"requests": requests, "total": book.total, "inFlight": book.inFlight, "mostInFlight": book.most,
			"cancelled": book.cancelled, "connections": len(book.conns), "opened": book.opened,
		})
	})
	m.HandleFunc("/reset", func(w http.ResponseWriter, _ *http.Request) {
		book.with(func() {
			book.requests, book.total, book.cancelled, book.most, book.opened = nil, 0, 0, book.inFlight, 0
		})
		stock.reset()
		w.Write([]byte("{}"))
	})
	m.HandleFunc("/models", func(w http.ResponseWriter, r *http.Request) {
		var models []model
		if err := json.NewDecoder(r.Body).Decode(&models); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		stock.set(models)
		w.Write([]byte("{}"))
	})
	return m
}
