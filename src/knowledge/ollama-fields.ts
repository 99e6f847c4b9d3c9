/**
 * One thing an Ollama answer can hold, and the release that first sent it. A server that shows it while naming an older
 * version is an emulator, a decoy or a proxy in front of something newer (the sign `field-too-new`).
 */
export interface FieldIntroduction {
  /** The route whose answer holds it. */
  readonly route: "tags" | "ps" | "show";
  /** Path inside one entry of the answer (`details.family`), or `capabilities=WORD` for a word of that list. */
  readonly field: string;
  /** First release that sends it; its release candidates count as the release. */
  readonly since: string;
  /** Older release lines in which it appeared for a while: no sign there. */
  readonly except: readonly string[];
  readonly note: string;
  readonly source: string;
}

const TYPES = "ollama/ollama@fb307608 api/types.go and the release tags before it";
const WORDS = "ollama/ollama@fb307608 types/model/capability.go and the release tags before it";

const row = (route: FieldIntroduction["route"], field: string, since: string, note = ""): FieldIntroduction => ({
  route,
  field,
  since,
  except: [],
  note,
  source: field.startsWith("capabilities=") ? WORDS : TYPES,
});

/** Every field and capability word with the release that brought it; read 2026-08-21. */
export const OLLAMA_FIELDS: readonly FieldIntroduction[] = [
  row("tags", "name", "0.0.6", "with size, modified_at and digest at v0.0.18 or earlier"),
  row("tags", "size", "0.0.6"),
  row("tags", "modified_at", "0.0.6"),
  row("tags", "digest", "0.0.6"),
  row("tags", "details.format", "0.1.15"),
  row("tags", "details.family", "0.1.15"),
  row("tags", "details.families", "0.1.15", "may be null"),
  row("tags", "details.parameter_size", "0.1.15"),
  row("tags", "details.quantization_level", "0.1.15"),
  row("tags", "model", "0.1.21"),
  row("tags", "details.parent_model", "0.1.21"),
  row("tags", "remote_model", "0.12.0", "cloud stubs only"),
  row("tags", "remote_host", "0.12.0", "cloud stubs only"),
  {
    ...row("tags", "capabilities", "0.30.0", "released 2026-06-01; added and reverted once inside the v0.9.1 cycle"),
    except: ["0.9.1"],
  },
  row("tags", "details.context_length", "0.30.0"),
  row("tags", "details.embedding_length", "0.30.0"),
  row("ps", "name", "0.1.38", "the route appears"),
  row("ps", "context_length", "0.10.0"),
  row("show", "template", "0.0.18", "the route appears"),
  row("show", "model_info", "0.1.45"),
  row("show", "projector_info", "0.1.45"),
  row("show", "modified_at", "0.1.45"),
  row("show", "tensors", "0.6.1", "large"),
  row("show", "capabilities", "0.6.4", "released 2025-04-02"),
  row("show", "remote_model", "0.12.0"),
  row("show", "remote_host", "0.12.0"),
  row("show", "renderer", "0.12.0"),
  row("show", "parser", "0.12.0"),
  row("show", "requires", "0.14.0"),
  row("show", "capabilities=completion", "0.6.4"),
  row("show", "capabilities=tools", "0.6.4", "the template supports tool calls"),
  row("show", "capabilities=insert", "0.6.4"),
  row("show", "capabilities=vision", "0.6.4"),
  row("show", "capabilities=embedding", "0.6.4"),
  row("show", "capabilities=thinking", "0.9.0", "released 2025-05-28"),
  row("show", "capabilities=image", "0.14.0"),
  row("show", "capabilities=audio", "0.20.0"),
];
