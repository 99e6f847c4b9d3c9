package main

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// What a prompt asks of the stand-in, in words of its own: `tokens=20 delay=5 first=100 late=500 (before the last token)
// think=3 tool=NAME args={…} split=4`,
// `say=WORD` (the text of each token), `prompt=N` (tokens counted for the prompt; 0 leaves the count out), `die=N` (the connection
// breaks after N tokens), `error=N` (an error line after N tokens), `status=503` (an answer with this status), `pad=N` (bytes per token).
type order struct {
	tokens, delay, first, late, think, split, die, fail, status, pad int
	prompt                                                           int
	tool, args, say                                                  string
}

var word = regexp.MustCompile(`\b(tokens|delay|first|late|think|tool|split|say|prompt|die|error|status|pad)=([A-Za-z0-9_.-]+)`)
var argsForm = regexp.MustCompile(`\bargs=(\{.*\})`)

func orderOf(text string, limit *int) order {
	o := order{tokens: 5, die: -1, fail: -1, say: "word", prompt: (len(text) + 3) / 4, args: `{"city":"Oslo","days":3}`, split: 1}
	for _, m := range word.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[2])
		switch m[1] {
		case "tokens":
			o.tokens = n
		case "delay":
			o.delay = n
		case "first":
			o.first = n
		case "late":
			o.late = n
		case "think":
			o.think = n
		case "split":
			o.split = n
		case "die":
			o.die = n
		case "error":
			o.fail = n
		case "status":
			o.status = n
		case "pad":
			o.pad = n
		case "prompt":
			o.prompt = n
		case "tool":
			o.tool = m[2]
		case "say":
			o.say = m[2]
		}
	}
	if m := argsForm.FindStringSubmatch(text); m != nil {
		o.args = m[1]
	}
	if limit != nil && *limit >= 0 && *limit < o.tokens {
		o.tokens = *limit
	}
	return o
}

func (o order) token() string {
	text := o.say + " "
	if len(text) < o.pad {
		text += strings.Repeat("x", o.pad-len(text))
	}
	return text
}

func number(options map[string]any, key string) *int {
	v, ok := options[key].(float64)
	if !ok {
		return nil
	}
	n := int(v)
	return &n
}

func textOf(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	b, _ := json.Marshal(value)
	return string(b)
}

// How a request wants its answer: the text that orders it, the limit of tokens, streamed or not, usage in the stream or not.
type wish struct {
	text   string
	limit  *int
	stream bool
	usage  bool
}

func wishOf(value any) wish {
	switch r := value.(type) {
	case *generateRequest:
		return wish{r.Prompt, number(r.Options, "num_predict"), r.Stream == nil || *r.Stream, true}
	case *chatRequest:
		return wish{lastText(len(r.Messages), func(i int) string { return r.Messages[i].Content }), number(r.Options, "num_predict"), r.Stream == nil || *r.Stream, true}
	case *embedRequest:
		return wish{text: textOf(r.Input)}
	case *embeddingRequest:
		return wish{text: r.Prompt}
	case *openaiEmbedRequest:
		return wish{text: textOf(r.Input)}
	case *openaiChatRequest:
		return wish{lastText(len(r.Messages), func(i int) string { return textOf(r.Messages[i].Content) }), r.MaxTokens, r.Stream, r.StreamOptions != nil && r.StreamOptions.IncludeUsage}
	case *openaiCompletionRequest:
		return wish{r.Prompt, r.MaxTokens, r.Stream, r.StreamOptions != nil && r.StreamOptions.IncludeUsage}
	case *responsesRequest:
		text := r.Input.Text
		if n := len(r.Input.Items); n > 0 {
			text = strings.Join(r.Input.Items[n-1].Texts, " ")
		}
		return wish{text, r.MaxOutputTokens, r.Stream != nil && *r.Stream, true}
	case *anthropicRequest:
		limit := r.MaxTokens
		return wish{lastText(len(r.Messages), func(i int) string { return textOf(r.Messages[i].Content) }), &limit, r.Stream, true}
	}
	return wish{}
}

func lastText(n int, at func(int) string) string {
	if n == 0 {
		return ""
	}
	return at(n - 1)
}
