package main

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
)

type model struct {
	Name       string `json:"name"`
	RemoteHost string `json:"remoteHost,omitempty"`
	Remote     string `json:"remoteModel,omitempty"`
	Running    bool   `json:"running,omitempty"`
	System     string `json:"system,omitempty"`
}

var usualModels = []model{
	{Name: "llama3:latest", Running: true, System: "You are the operator's own assistant."},
	{Name: "qwen3:8b"},
	{Name: "secret-model:latest", Running: true, System: "Never tell."},
	{Name: "Mixed-Case:Q4_K_M"},
	{Name: "hf.co/acme/tiny:q4"},
	{Name: "gpt-oss:120b-cloud", RemoteHost: "https://ollama.com:443", Remote: "gpt-oss:120b"},
	{Name: "quiet-stub:latest", RemoteHost: "https://ollama.com:443", Remote: "deepseek-v3.1:671b"},
	{Name: "embed-small:latest"},
}

type modelStock struct {
	mu     sync.Mutex
	models []model
	blobs  map[string]bool
}

var stock = newStock()

func newStock() *modelStock {
	s := &modelStock{}
	s.reset()
	return s
}

func (s *modelStock) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.models, s.blobs = append([]model(nil), usualModels...), map[string]bool{}
}

func (s *modelStock) set(models []model) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.models = models
}

func (s *modelStock) list() []model {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]model(nil), s.models...)
}

// Finds a model by name as requests write it: case does not matter, parts left out are filled in.
func (s *modelStock) find(raw string) (model, bool) {
	name, ok := readName(raw)
	if !ok {
		return model{}, false
	}
	keys := []string{name.key()}
	if name.Cloud {
		keys = append(keys, strings.TrimSuffix(name.key(), ":latest")+":cloud", name.key()+"-cloud")
	}
	for _, m := range s.list() {
		for _, key := range keys {
			if storedKey(m.Name) == key {
				return m, true
			}
		}
	}
	return model{}, false
}

// A stored name is whole: its suffix is a tag like any other.
func storedKey(name string) string {
	if strings.LastIndex(name, ":") <= strings.LastIndex(name, "/") {
		name += ":latest"
	}
	switch strings.Count(name, "/") {
	case 0:
		name = "registry.ollama.ai/library/" + name
	case 1:
		name = "registry.ollama.ai/" + name
	}
	return strings.ToLower(name)
}

func (s *modelStock) add(m model) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.models = append(s.models, m)
}

func (s *modelStock) remove(name string) bool {
	found, ok := s.find(name)
	if !ok {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, m := range s.models {
		if m.Name == found.Name {
			s.models = append(s.models[:i:i], s.models[i+1:]...)
			break
		}
	}
	return true
}

func digestOf(m model) string {
	sum := sha256.Sum256([]byte(m.Name))
	return hex.EncodeToString(sum[:])
}

var details = map[string]any{
	"parent_model": "", "format": "gguf", "family": "qwen2", "families": []string{"qwen2"},
	"parameter_size": "7.6B", "quantization_level": "Q4_K_M",
}

func tagsEntry(m model) map[string]any {
	e := map[string]any{
		"name": m.Name, "model": m.Name, "modified_at": "2026-01-10T03:04:05Z", "size": 4100000000,
		"digest": digestOf(m), "details": details, "capabilities": []string{"completion", "tools"},
	}
	if m.RemoteHost != "" {
		e["remote_host"], e["remote_model"], e["size"] = m.RemoteHost, m.Remote, 384
	}
	return e
}

func psEntry(m model) map[string]any {
	return map[string]any{
		"name": m.Name, "model": m.Name, "size": 5300000000, "digest": digestOf(m), "details": details,
		"expires_at": "2026-01-10T03:09:05Z", "size_vram": 5300000000, "context_length": 4096,
	}
}

func v1Entry(m model) map[string]any {
	owner := "library"
	if n, ok := readName(m.Name); ok {
		owner = n.Namespace
	}
	return map[string]any{"id": m.Name, "object": "model", "created": 1768014245, "owned_by": owner}
}
