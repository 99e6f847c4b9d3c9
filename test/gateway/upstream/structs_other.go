package main

import (
	"encoding/json"
	"errors"
)

// The Responses form: items are peeked at by type, then decoded, each time by encoding/json.

type responsesItem struct {
	Type      string          `json:"type"`
	Role      string          `json:"role"`
	Content   json.RawMessage `json:"content,omitempty"`
	Name      string          `json:"name,omitempty"`
	CallID    string          `json:"call_id,omitempty"`
	Arguments string          `json:"arguments,omitempty"`
	Output    json.RawMessage `json:"output,omitempty"`
	Texts     []string        `json:"texts,omitempty"`
	Images    int             `json:"images,omitempty"`
}

type responsesInput struct {
	Text  string
	Items []responsesItem
}

func (r *responsesInput) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err == nil {
		r.Text = s
		return nil
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	for _, one := range raw {
		item, err := readItem(one)
		if err != nil {
			return err
		}
		r.Items = append(r.Items, item)
	}
	return nil
}

func readItem(b []byte) (responsesItem, error) {
	var item responsesItem
	if err := json.Unmarshal(b, &item); err != nil {
		return item, err
	}
	if item.Type == "" && item.Role != "" {
		item.Type = "message"
	}
	switch item.Type {
	case "message":
		return readParts(item)
	case "function_call", "function_call_output", "reasoning":
		return item, nil
	}
	return item, errors.New("unknown input item type")
}

func readParts(item responsesItem) (responsesItem, error) {
	if len(item.Content) == 0 {
		return item, nil
	}
	var text string
	if err := json.Unmarshal(item.Content, &text); err == nil {
		item.Texts = []string{text}
		return item, nil
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(item.Content, &parts); err != nil {
		return item, err
	}
	for _, raw := range parts {
		var part struct {
			Type     string `json:"type"`
			Text     string `json:"text"`
			ImageURL string `json:"image_url,omitempty"`
		}
		if err := json.Unmarshal(raw, &part); err != nil {
			return item, err
		}
		switch part.Type {
		case "input_text", "output_text":
			item.Texts = append(item.Texts, part.Text)
		case "input_image":
			if part.ImageURL != "" {
				item.Images++
			}
		default:
			return item, errors.New("unknown content type")
		}
	}
	return item, nil
}

type responsesTool struct {
	Type        string         `json:"type"`
	Name        string         `json:"name"`
	Description *string        `json:"description"`
	Strict      *bool          `json:"strict"`
	Parameters  map[string]any `json:"parameters"`
}

type responsesRequest struct {
	Model           string          `json:"model"`
	Background      bool            `json:"background"`
	Conversation    json.RawMessage `json:"conversation"`
	Include         []string        `json:"include"`
	Input           responsesInput  `json:"input"`
	Instructions    string          `json:"instructions,omitempty"`
	MaxOutputTokens *int            `json:"max_output_tokens,omitempty"`
	Reasoning       struct {
		Effort  string `json:"effort,omitempty"`
		Summary string `json:"summary,omitempty"`
	} `json:"reasoning"`
	Temperature *float64 `json:"temperature"`
	Text        *struct {
		Format *struct {
			Type   string          `json:"type"`
			Name   string          `json:"name,omitempty"`
			Schema json.RawMessage `json:"schema,omitempty"`
			Strict *bool           `json:"strict,omitempty"`
		} `json:"format,omitempty"`
	} `json:"text,omitempty"`
	TopP       *float64        `json:"top_p"`
	Truncation *string         `json:"truncation"`
	Tools      []responsesTool `json:"tools,omitempty"`
	Stream     *bool           `json:"stream,omitempty"`
}

type anthropicMessage struct {
	Role    string `json:"role"`
	Content any    `json:"content"`
}

type anthropicTool struct {
	Type        string          `json:"type,omitempty"`
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	InputSchema json.RawMessage `json:"input_schema,omitempty"`
	MaxUses     int             `json:"max_uses,omitempty"`
}

type anthropicRequest struct {
	Model         string             `json:"model"`
	MaxTokens     int                `json:"max_tokens"`
	Messages      []anthropicMessage `json:"messages"`
	System        any                `json:"system,omitempty"`
	Stream        bool               `json:"stream,omitempty"`
	Temperature   *float64           `json:"temperature,omitempty"`
	TopP          *float64           `json:"top_p,omitempty"`
	TopK          *int               `json:"top_k,omitempty"`
	StopSequences []string           `json:"stop_sequences,omitempty"`
	Tools         []anthropicTool    `json:"tools,omitempty"`
	ToolChoice    *struct {
		Type                   string `json:"type"`
		Name                   string `json:"name,omitempty"`
		DisableParallelToolUse bool   `json:"disable_parallel_tool_use,omitempty"`
	} `json:"tool_choice,omitempty"`
	Thinking *struct {
		Type         string `json:"type"`
		BudgetTokens int    `json:"budget_tokens,omitempty"`
	} `json:"thinking,omitempty"`
	Metadata *struct {
		UserID string `json:"user_id,omitempty"`
	} `json:"metadata,omitempty"`
}
