package main

import (
	"encoding/json"
	"time"

	"github.com/gin-gonic/gin"
)

// The families whose streams are named events.

type anthropicVoice struct {
	x     *exchange
	index int
	open  string
	tools bool
}

func (v *anthropicVoice) kind() string { return "text/event-stream" }

func (v *anthropicVoice) begin() []string {
	return []string{asEvent("message_start", gin.H{"type": "message_start", "message": gin.H{
		"id": "msg_1", "type": "message", "role": "assistant", "model": v.x.model, "content": []any{},
		"usage": gin.H{"input_tokens": v.x.order.prompt, "output_tokens": 0},
	}})}
}

func (v *anthropicVoice) close() []string {
	if v.open == "" {
		return nil
	}
	v.open = ""
	v.index++
	return []string{asEvent("content_block_stop", gin.H{"type": "content_block_stop", "index": v.index - 1})}
}

func (v *anthropicVoice) block(kind string, start gin.H) []string {
	if v.open == kind {
		return nil
	}
	lines := v.close()
	v.open = kind
	return append(lines, asEvent("content_block_start", gin.H{"type": "content_block_start", "index": v.index, "content_block": start}))
}

func (v *anthropicVoice) delta(delta gin.H) string {
	return asEvent("content_block_delta", gin.H{"type": "content_block_delta", "index": v.index, "delta": delta})
}

func (v *anthropicVoice) say(text string) []string {
	return append(v.block("text", gin.H{"type": "text", "text": ""}), v.delta(gin.H{"type": "text_delta", "text": text}))
}
func (v *anthropicVoice) think(text string) []string {
	return append(v.block("thinking", gin.H{"type": "thinking", "thinking": ""}), v.delta(gin.H{"type": "thinking_delta", "thinking": text}))
}
func (v *anthropicVoice) call(name, args string, split int) []string {
	v.tools = true
	lines := v.block("tool", gin.H{"type": "tool_use", "id": "call_1", "name": name, "input": gin.H{}})
	for _, piece := range pieces(args, split) {
		lines = append(lines, v.delta(gin.H{"type": "input_json_delta", "partial_json": piece}))
	}
	return lines
}

func stopReason(reason string, tools bool) string {
	if tools {
		return "tool_use"
	}
	if reason == "length" {
		return "max_tokens"
	}
	return "end_turn"
}

func (v *anthropicVoice) end(reason string, prompt, count int) []string {
	lines := v.close()
	lines = append(lines, asEvent("message_delta", gin.H{
		"type": "message_delta", "delta": gin.H{"stop_reason": stopReason(reason, v.tools)},
		"usage": gin.H{"input_tokens": prompt, "output_tokens": count},
	}))
	return append(lines, asEvent("message_stop", gin.H{"type": "message_stop"}))
}
func (v *anthropicVoice) broken(text string) []string {
	return []string{asEvent("error", gin.H{"type": "error", "error": gin.H{"type": "api_error", "message": text}})}
}
func (v *anthropicVoice) whole(text, thinking, tool, args, reason string, prompt, count int) any {
	var content []gin.H
	if thinking != "" {
		content = append(content, gin.H{"type": "thinking", "thinking": thinking})
	}
	content = append(content, gin.H{"type": "text", "text": text})
	if tool != "" {
		content = append(content, gin.H{"type": "tool_use", "id": "call_1", "name": tool, "input": json.RawMessage(args)})
	}
	return gin.H{
		"id": "msg_1", "type": "message", "role": "assistant", "model": v.x.model, "content": content,
		"stop_reason": stopReason(reason, tool != ""), "usage": gin.H{"input_tokens": prompt, "output_tokens": count},
	}
}

type responsesVoice struct {
	x    *exchange
	at   int
	text string
	open bool
}

func (v *responsesVoice) kind() string { return "text/event-stream" }

func (v *responsesVoice) event(name string, more gin.H) string {
	more["type"], more["sequence_number"] = name, v.at
	v.at++
	return asEvent(name, more)
}

func (v *responsesVoice) response(status string, output []gin.H, usage any) gin.H {
	return gin.H{
		"id": "resp_1", "object": "response", "created_at": time.Now().Unix(), "status": status, "model": v.x.model,
		"output": output, "usage": usage, "error": nil, "incomplete_details": nil, "instructions": nil, "metadata": gin.H{},
		"parallel_tool_calls": true, "temperature": 1, "tool_choice": "auto", "tools": []any{}, "top_p": 1,
	}
}

func (v *responsesVoice) begin() []string {
	return []string{
		v.event("response.created", gin.H{"response": v.response("in_progress", []gin.H{}, nil)}),
		v.event("response.in_progress", gin.H{"response": v.response("in_progress", []gin.H{}, nil)}),
	}
}

func (v *responsesVoice) say(text string) []string {
	var lines []string
	if !v.open {
		v.open = true
		lines = append(lines,
			v.event("response.output_item.added", gin.H{"output_index": 0, "item": gin.H{"id": "msg_1", "type": "message", "role": "assistant", "status": "in_progress", "content": []any{}}}),
			v.event("response.content_part.added", gin.H{"item_id": "msg_1", "output_index": 0, "content_index": 0, "part": gin.H{"type": "output_text", "text": "", "annotations": []any{}}}))
	}
	v.text += text
	return append(lines, v.event("response.output_text.delta", gin.H{"item_id": "msg_1", "output_index": 0, "content_index": 0, "delta": text}))
}
func (v *responsesVoice) think(text string) []string {
	return []string{v.event("response.reasoning_summary_text.delta", gin.H{"item_id": "rs_1", "output_index": 0, "summary_index": 0, "delta": text})}
}
func (v *responsesVoice) call(name, args string, split int) []string {
	item := gin.H{"id": "fc_1", "type": "function_call", "status": "in_progress", "call_id": "call_1", "name": name, "arguments": ""}
	lines := []string{v.event("response.output_item.added", gin.H{"output_index": 1, "item": item})}
	for _, piece := range pieces(args, split) {
		lines = append(lines, v.event("response.function_call_arguments.delta", gin.H{"item_id": "fc_1", "output_index": 1, "delta": piece}))
	}
	lines = append(lines, v.event("response.function_call_arguments.done", gin.H{"item_id": "fc_1", "output_index": 1, "arguments": args}))
	done := gin.H{"id": "fc_1", "type": "function_call", "status": "completed", "call_id": "call_1", "name": name, "arguments": args}
	return append(lines, v.event("response.output_item.done", gin.H{"output_index": 1, "item": done}))
}

func responsesUsage(prompt, count int) gin.H {
	return gin.H{
		"input_tokens": prompt, "output_tokens": count, "total_tokens": prompt + count,
		"input_tokens_details": gin.H{"cached_tokens": 0}, "output_tokens_details": gin.H{"reasoning_tokens": 0},
	}
}

func spoken(text string) gin.H {
	return gin.H{"id": "msg_1", "type": "message", "role": "assistant", "status": "completed", "content": []gin.H{{"type": "output_text", "text": text, "annotations": []any{}}}}
}

func (v *responsesVoice) end(_ string, prompt, count int) []string {
	return []string{
		v.event("response.output_text.done", gin.H{"item_id": "msg_1", "output_index": 0, "content_index": 0, "text": v.text}),
		v.event("response.output_item.done", gin.H{"output_index": 0, "item": spoken(v.text)}),
		v.event("response.completed", gin.H{"response": v.response("completed", []gin.H{spoken(v.text)}, responsesUsage(prompt, count))}),
	}
}
func (v *responsesVoice) broken(text string) []string {
	return []string{v.event("error", gin.H{"code": "server_error", "message": text, "param": nil})}
}
func (v *responsesVoice) whole(text, _, tool, args, _ string, prompt, count int) any {
	output := []gin.H{spoken(text)}
	if tool != "" {
		output = append(output, gin.H{"id": "fc_1", "type": "function_call", "status": "completed", "call_id": "call_1", "name": tool, "arguments": args})
	}
	return v.response("completed", output, responsesUsage(prompt, count))
}
