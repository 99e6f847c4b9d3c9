package main

import "strings"

// How the server reads a model's name: the suffix that tells the source, then [scheme://][host/][namespace/]model[:tag].

type modelName struct {
	Scheme, Host, Namespace, Model, Tag string
	Cloud, Local                        bool
}

func cutSource(raw string) (base string, source string) {
	at := strings.LastIndex(raw, ":")
	if at < 0 {
		return raw, ""
	}
	suffix := strings.TrimSpace(raw[at+1:])
	switch lower := strings.ToLower(suffix); {
	case lower == "cloud":
		return raw[:at], "cloud"
	case lower == "local":
		return raw[:at], "local"
	case !strings.Contains(suffix, "/") && strings.HasSuffix(lower, "-cloud"):
		return raw[:at+1] + suffix[:len(suffix)-len("-cloud")], "cloud"
	}
	return raw, ""
}

// Cuts at the last separator; a part that the separator announces but that is empty makes the name invalid.
func cutLast(s, sep string) (before, after string, found bool) {
	at := strings.LastIndex(s, sep)
	if at < 0 {
		return s, "", false
	}
	before, after = s[:at], s[at+len(sep):]
	if before == "" {
		before = "!missing!"
	}
	if after == "" {
		after = "!missing!"
	}
	return before, after, true
}

func readName(raw string) (modelName, bool) {
	var n modelName
	s := strings.TrimSpace(raw)
	if s == "" {
		return n, false
	}
	base, source := cutSource(s)
	if source != "" {
		if _, again := cutSource(base); again != "" {
			return n, false
		}
	}
	n.Cloud, n.Local = source == "cloud", source == "local"
	s = base
	if strings.LastIndex(s, ":") > strings.LastIndex(s, "/") {
		s, n.Tag, _ = cutLast(s, ":")
	}
	var found bool
	if s, n.Model, found = cutLast(s, "/"); !found {
		n.Model, s = s, ""
	} else if s, n.Namespace, found = cutLast(s, "/"); !found {
		n.Namespace, s = s, ""
	} else if scheme, host, ok := strings.Cut(s, "://"); ok {
		n.Scheme, n.Host = scheme, host
	} else {
		n.Host = s
	}
	n.Host, n.Namespace, n.Tag = or(n.Host, "registry.ollama.ai"), or(n.Namespace, "library"), or(n.Tag, "latest")
	ok := part(n.Host, 350, ".:") && part(n.Namespace, 80, "") && part(n.Model, 80, ".") && part(n.Tag, 80, ".")
	return n, ok
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func part(s string, longest int, also string) bool {
	if len(s) < 1 || len(s) > longest {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		word := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
		if !word && (i == 0 || c != '-' && strings.IndexByte(also, c) < 0) {
			return false
		}
	}
	return true
}

func (n modelName) key() string {
	return strings.ToLower(n.Host + "/" + n.Namespace + "/" + n.Model + ":" + n.Tag)
}
