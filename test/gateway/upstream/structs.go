package main

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"time"
)

// Field names and types as the server declares them (ollama/ollama@fb307608 api/types.go, openai/openai.go, openai/responses.go,
// anthropic/anthropic.go); what tests never look at is left out of answers, never out of requests.

type keepAlive struct{ time.Duration }

func (d *keepAlive) UnmarshalJSON(b []byte) error {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	d.Duration = 5 * time.Minute
	switch t := v.(type) {
	case float64:
		if t < 0 {
			d.Duration = math.MaxInt64
		} else {
			d.Duration = time.Duration(t * float64(time.Second))
		}
	case string:
		parsed, err := time.ParseDuration(t)
		if err != nil {
			return err
		}
		d.Duration = parsed
		if parsed < 0 {
			d.Duration = math.MaxInt64
		}
	default:
		return errors.New("unsupported type of keep_alive")
	}
	return nil
}

func (d keepAlive) MarshalJSON() ([]byte, error) { return json.Marshal(d.Seconds()) }

type toolCallFunction struct {
	Index     int            `json:"index"`
	Name      string         `json:"name"`
	Arguments map[string]any `json:"arguments"`
}

type toolCall struct {
	ID       string           `json:"id,omitempty"`
	Function toolCallFunction `json:"function"`
}

type message struct {
	Role       string     `json:"role"`
	Content    string     `json:"content"`
	Thinking   string     `json:"thinking,omitempty"`
	Images     [][]byte   `json:"images,omitempty"`
	ToolCalls  []toolCall `json:"tool_calls,omitempty"`
	ToolName   string     `json:"tool_name,omitempty"`
	ToolCallID string     `json:"tool_call_id,omitempty"`
}

func (m *message) UnmarshalJSON(b []byte) error {
	type plain message
	var a plain
	if err := json.Unmarshal(b, &a); err != nil {
		return err
	}
	*m = message(a)
	m.Role = strings.ToLower(m.Role)
	return nil
}

type toolFunction struct {
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	Parameters  json.RawMessage `json:"parameters,omitempty"`
}

type tool struct {
	Type     string       `json:"type"`
	Items    any          `json:"items,omitempty"`
	Function toolFunction `json:"function"`
}

type thinkValue struct{ Value any }

func (t *thinkValue) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &t.Value) }

type generateRequest struct {
	Model           string          `json:"model"`
	Prompt          string          `json:"prompt"`
	Suffix          string          `json:"suffix"`
	System          string          `json:"system"`
	Template        string          `json:"template"`
	Context         []int           `json:"context,omitempty"`
	Stream          *bool           `json:"stream,omitempty"`
	Raw             bool            `json:"raw,omitempty"`
	Format          json.RawMessage `json:"format,omitempty"`
	KeepAlive       *keepAlive      `json:"keep_alive,omitempty"`
	Images          [][]byte        `json:"images,omitempty"`
	Options         map[string]any  `json:"options"`
	Think           *thinkValue     `json:"think,omitempty"`
	Truncate        *bool           `json:"truncate,omitempty"`
	Shift           *bool           `json:"shift,omitempty"`
	DebugRenderOnly bool            `json:"_debug_render_only,omitempty"`
	Logprobs        bool            `json:"logprobs,omitempty"`
	TopLogprobs     int             `json:"top_logprobs,omitempty"`
	Width           int32           `json:"width,omitempty"`
	Height          int32           `json:"height,omitempty"`
	Steps           int32           `json:"steps,omitempty"`
}

type chatRequest struct {
	Model           string          `json:"model"`
	Messages        []message       `json:"messages"`
	Stream          *bool           `json:"stream,omitempty"`
	Format          json.RawMessage `json:"format,omitempty"`
	KeepAlive       *keepAlive      `json:"keep_alive,omitempty"`
	Tools           []tool          `json:"tools,omitempty"`
	Options         map[string]any  `json:"options"`
	Think           *thinkValue     `json:"think,omitempty"`
	Truncate        *bool           `json:"truncate,omitempty"`
	Shift           *bool           `json:"shift,omitempty"`
	DebugRenderOnly bool            `json:"_debug_render_only,omitempty"`
	Logprobs        bool            `json:"logprobs,omitempty"`
	TopLogprobs     int             `json:"top_logprobs,omitempty"`
}

type embedRequest struct {
	Model      string         `json:"model"`
	Input      any            `json:"input"`
	KeepAlive  *keepAlive     `json:"keep_alive,omitempty"`
	Truncate   *bool          `json:"truncate,omitempty"`
	Dimensions int            `json:"dimensions,omitempty"`
	Options    map[string]any `json:"options"`
}

type embeddingRequest struct {
	Model     string         `json:"model"`
	Prompt    string         `json:"prompt"`
	KeepAlive *keepAlive     `json:"keep_alive,omitempty"`
	Options   map[string]any `json:"options"`
}

type showRequest struct {
	Model    string         `json:"model"`
	System   string         `json:"system"`
	Template string         `json:"template"`
	Verbose  bool           `json:"verbose"`
	Options  map[string]any `json:"options"`
	Name     string         `json:"name"`
}

type createRequest struct {
	Model      string            `json:"model"`
	Stream     *bool             `json:"stream,omitempty"`
	Quantize   string            `json:"quantize,omitempty"`
	From       string            `json:"from,omitempty"`
	RemoteHost string            `json:"remote_host,omitempty"`
	Files      map[string]string `json:"files,omitempty"`
	Adapters   map[string]string `json:"adapters,omitempty"`
	Template   string            `json:"template,omitempty"`
	License    any               `json:"license,omitempty"`
	System     string            `json:"system,omitempty"`
	Parameters map[string]any    `json:"parameters,omitempty"`
	Messages   []message         `json:"messages,omitempty"`
	Renderer   string            `json:"renderer,omitempty"`
	Parser     string            `json:"parser,omitempty"`
	Requires   string            `json:"requires,omitempty"`
	Info       map[string]any    `json:"info,omitempty"`
	Name       string            `json:"name"`
	Quantized  string            `json:"quantization,omitempty"`
}

// Pull, push and delete.
type nameRequest struct {
	Model    string `json:"model"`
	Insecure bool   `json:"insecure,omitempty"`
	Username string `json:"username"`
	Password string `json:"password"`
	Stream   *bool  `json:"stream,omitempty"`
	Name     string `json:"name"`
}

type copyRequest struct {
	Source      string `json:"source"`
	Destination string `json:"destination"`
}

type streamOptions struct {
	IncludeUsage bool `json:"include_usage"`
}

type openaiToolCall struct {
	ID       string `json:"id"`
	Index    int    `json:"index"`
	Type     string `json:"type"`
	Function struct {
		Name      string `json:"name"`
		Arguments string `json:"arguments"`
	} `json:"function"`
}

type openaiMessage struct {
	Role       string           `json:"role"`
	Content    any              `json:"content"`
	Reasoning  string           `json:"reasoning,omitempty"`
	ToolCalls  []openaiToolCall `json:"tool_calls,omitempty"`
	Name       string           `json:"name,omitempty"`
	ToolCallID string           `json:"tool_call_id,omitempty"`
}

type openaiChatRequest struct {
	Model            string          `json:"model"`
	Messages         []openaiMessage `json:"messages"`
	Stream           bool            `json:"stream"`
	StreamOptions    *streamOptions  `json:"stream_options"`
	MaxTokens        *int            `json:"max_tokens"`
	Seed             *int            `json:"seed"`
	Stop             any             `json:"stop"`
	Temperature      *float64        `json:"temperature"`
	FrequencyPenalty *float64        `json:"frequency_penalty"`
	PresencePenalty  *float64        `json:"presence_penalty"`
	TopP             *float64        `json:"top_p"`
	ResponseFormat   *struct {
		Type       string `json:"type"`
		JsonSchema *struct {
			Schema json.RawMessage `json:"schema"`
		} `json:"json_schema,omitempty"`
	} `json:"response_format"`
	Tools     []tool `json:"tools"`
	Reasoning *struct {
		Effort string `json:"effort,omitempty"`
	} `json:"reasoning,omitempty"`
	ReasoningEffort *string `json:"reasoning_effort,omitempty"`
	Logprobs        *bool   `json:"logprobs"`
	TopLogprobs     int     `json:"top_logprobs"`
	DebugRenderOnly bool    `json:"_debug_render_only"`
}

type openaiCompletionRequest struct {
	Model            string         `json:"model"`
	Prompt           string         `json:"prompt"`
	FrequencyPenalty float32        `json:"frequency_penalty"`
	MaxTokens        *int           `json:"max_tokens"`
	PresencePenalty  float32        `json:"presence_penalty"`
	Seed             *int           `json:"seed"`
	Stop             any            `json:"stop"`
	Stream           bool           `json:"stream"`
	StreamOptions    *streamOptions `json:"stream_options"`
	Temperature      *float32       `json:"temperature"`
	TopP             float32        `json:"top_p"`
	Suffix           string         `json:"suffix"`
	Logprobs         *int           `json:"logprobs"`
	DebugRenderOnly  bool           `json:"_debug_render_only"`
}

type openaiEmbedRequest struct {
	Input          any    `json:"input"`
	Model          string `json:"model"`
	Dimensions     int    `json:"dimensions,omitempty"`
	EncodingFormat string `json:"encoding_format,omitempty"`
}
