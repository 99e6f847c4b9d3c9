package main

import (
	"encoding/json"
	"time"

	"github.com/gin-gonic/gin"
)

const createdAt = "2026-01-10T03:04:05.678901Z"

type nativeVoice struct {
	x    *exchange
	chat bool
}

func (v *nativeVoice) kind() string    { return "application/x-ndjson" }
func (v *nativeVoice) begin() []string { return nil }

func (v *nativeVoice) line(text, thinking string, calls any, more gin.H) gin.H {
	line := gin.H{"model": v.x.model, "created_at": createdAt, "done": false}
	if v.chat {
		m := gin.H{"role": "assistant", "content": text}
		if thinking != "" {
			m["thinking"] = thinking
		}
		if calls != nil {
			m["tool_calls"] = calls
		}
		line["message"] = m
	} else {
		line["response"] = text
		if thinking != "" {
			line["thinking"] = thinking
		}
	}
	for k, value := range more {
		line[k] = value
	}
	return line
}

func nativeCalls(name, args string) any {
	return []gin.H{{"function": gin.H{"name": name, "arguments": json.RawMessage(args)}}}
}

func (v *nativeVoice) say(text string) []string { return []string{asLine(v.line(text, "", nil, nil))} }
func (v *nativeVoice) think(text string) []string {
	return []string{asLine(v.line("", text, nil, nil))}
}
func (v *nativeVoice) call(name, args string, _ int) []string {
	return []string{asLine(v.line("", "", nativeCalls(name, args), nil))}
}

func (v *nativeVoice) counts(reason string, prompt, count int) gin.H {
	more := gin.H{
		"done": true, "done_reason": reason, "total_duration": 5000000000, "load_duration": 1000000,
		"prompt_eval_duration": 2000000, "eval_count": count, "eval_duration": 4000000000,
	}
	if prompt > 0 {
		more["prompt_eval_count"] = prompt
	}
	if !v.chat {
		more["context"] = []int{1, 2, 3}
	}
	return more
}

func (v *nativeVoice) end(reason string, prompt, count int) []string {
	return []string{asLine(v.line("", "", nil, v.counts(reason, prompt, count)))}
}
func (v *nativeVoice) broken(text string) []string { return []string{asLine(gin.H{"error": text})} }
func (v *nativeVoice) whole(text, thinking, tool, args, reason string, prompt, count int) any {
	var calls any
	if tool != "" {
		calls = nativeCalls(tool, args)
	}
	return v.line(text, thinking, calls, v.counts(reason, prompt, count))
}

type openaiVoice struct {
	x     *exchange
	chat  bool
	tools bool
}

func (v *openaiVoice) kind() string    { return "text/event-stream" }
func (v *openaiVoice) begin() []string { return nil }

func (v *openaiVoice) chunk(delta gin.H, reason any) gin.H {
	c := gin.H{"id": "chatcmpl-1", "created": time.Now().Unix(), "model": v.x.model, "system_fingerprint": "fp_ollama"}
	if v.chat {
		delta["role"] = "assistant"
		c["object"], c["choices"] = "chat.completion.chunk", []gin.H{{"index": 0, "delta": delta, "finish_reason": reason}}
	} else {
		c["object"], c["choices"] = "text_completion", []gin.H{{"index": 0, "text": delta["content"], "finish_reason": reason}}
	}
	return c
}

func (v *openaiVoice) say(text string) []string {
	return []string{asEvent("", v.chunk(gin.H{"content": text}, nil))}
}
func (v *openaiVoice) think(text string) []string {
	return []string{asEvent("", v.chunk(gin.H{"content": "", "reasoning": text}, nil))}
}
func (v *openaiVoice) call(name, args string, split int) []string {
	v.tools = true
	var lines []string
	for i, piece := range pieces(args, split) {
		f := gin.H{"arguments": piece}
		call := gin.H{"index": 0, "function": f}
		if i == 0 {
			f["name"], call["id"], call["type"] = name, "call_1", "function"
		}
		lines = append(lines, asEvent("", v.chunk(gin.H{"content": "", "tool_calls": []gin.H{call}}, nil)))
	}
	return lines
}

func openaiUsage(prompt, count int) gin.H {
	return gin.H{"prompt_tokens": prompt, "completion_tokens": count, "total_tokens": prompt + count}
}

func (v *openaiVoice) end(reason string, prompt, count int) []string {
	if v.tools {
		reason = "tool_calls"
	}
	lines := []string{asEvent("", v.chunk(gin.H{"content": ""}, reason))}
	if v.x.wish.usage {
		last := v.chunk(gin.H{}, nil)
		last["choices"], last["usage"] = []gin.H{}, openaiUsage(prompt, count)
		lines = append(lines, asEvent("", last))
	}
	return append(lines, "data: [DONE]\n\n")
}
func (v *openaiVoice) broken(text string) []string {
	return []string{asEvent("", gin.H{"error": gin.H{"message": text, "type": "api_error", "param": nil, "code": nil}})}
}
func (v *openaiVoice) whole(text, thinking, tool, args, reason string, prompt, count int) any {
	m := gin.H{"role": "assistant", "content": text}
	if thinking != "" {
		m["reasoning"] = thinking
	}
	if tool != "" {
		reason = "tool_calls"
		m["tool_calls"] = []gin.H{{"id": "call_1", "index": 0, "type": "function", "function": gin.H{"name": tool, "arguments": args}}}
	}
	choice, object := gin.H{"index": 0, "message": m, "finish_reason": reason}, "chat.completion"
	if !v.chat {
		choice, object = gin.H{"index": 0, "text": text, "finish_reason": reason}, "text_completion"
	}
	return gin.H{
		"id": "chatcmpl-1", "object": object, "created": time.Now().Unix(), "model": v.x.model,
		"system_fingerprint": "fp_ollama", "choices": []gin.H{choice}, "usage": openaiUsage(prompt, count),
	}
}
