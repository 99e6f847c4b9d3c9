/** One word of the `capabilities` list, and what a server adds it for. */
export interface Capability {
  readonly id: string;
  /** First release whose list could hold the word. */
  readonly since: string;
  /** What the server looks at before it says so. */
  readonly meaning: string;
  readonly source: string;
}

const SOURCE = "ollama/ollama@fb307608 server/images.go, types/model/capability.go";

/** The words in the order of reports, read 2026-08-21. */
export const CAPABILITIES: readonly Capability[] = [
  { id: "completion", since: "0.6.4", meaning: "the GGUF file has no pooling_type", source: SOURCE },
  { id: "tools", since: "0.6.4", meaning: "the template mentions tools; advertised, not wired up", source: SOURCE },
  { id: "thinking", since: "0.9.0", meaning: "think tags are found in the template", source: SOURCE },
  { id: "vision", since: "0.6.4", meaning: "vision.block_count is set, or there is a projector", source: SOURCE },
  { id: "insert", since: "0.6.4", meaning: "the template uses .Suffix", source: SOURCE },
  { id: "embedding", since: "0.6.4", meaning: "the GGUF file has a pooling_type", source: SOURCE },
  { id: "image", since: "0.14.0", meaning: "makes pictures", source: SOURCE },
  { id: "audio", since: "0.20.0", meaning: "hears sound", source: SOURCE },
];

/** Entries of `families` that are the eye of a vision model. */
export const VISION_FAMILIES: readonly string[] = ["clip", "mllama"];
