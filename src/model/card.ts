import type { Instant } from "./instant.ts";
import type { PromptClass } from "./prompt-class.ts";
import type { Service } from "./service.ts";

/** Of a text that is not kept: SHA-256 (64 hex) and length in characters. `null` when the field was absent. */
export interface TextTrace {
  readonly sha256: string;
  readonly length: number;
}

/**
 * What `/api/show` told of a model, redacted at the door: texts as hash and length, paths and licence gone. A digest is only claimed
 * by a stranger, so a card speaks for other hosts only when three hosts in different networks agree (`agreement` equal).
 */
export interface Card extends Service {
  readonly kind: "card";
  readonly schema: 1;
  readonly seen_at: Instant;
  readonly run: string | null;
  readonly source: string;
  readonly digest: string;
  readonly server_version: string;
  readonly name: string;
  /** 32 hex: over every field of the answer but `modified_at` and `modelfile`, in canonical order, before redaction. */
  readonly agreement: string;
  /** `false` when the service disagrees with others or answers its control path: this card stays its own. */
  readonly lends: boolean;
  readonly architecture: string | null;
  readonly parameter_count: number | null;
  readonly file_type: number | null;
  readonly context_length: number | null;
  readonly embedding_length: number | null;
  readonly block_count: number | null;
  readonly format: string | null;
  readonly family: string | null;
  readonly families: readonly string[] | null;
  readonly parameter_size: string | null;
  readonly quantization_level: string | null;
  readonly capabilities: readonly string[] | null;
  readonly has_projector: boolean;
  readonly template: TextTrace | null;
  readonly template_uses_tools: boolean;
  readonly system: TextTrace | null;
  readonly parameters: TextTrace | null;
  /** What the signs said of the two texts at the door (`none` = empty or left out); `null` when nobody judged. */
  readonly system_class: PromptClass | null;
  readonly template_class: PromptClass | null;
  /** Version of those signs; `null` when nobody judged. */
  readonly signs_version: number | null;
  /** Beginning of the system prompt (at most 4,096 characters), kept only by a scope of one's own network that says `prompts: text`. */
  readonly system_text: string | null;
  readonly messages: number | null;
  readonly renderer: string | null;
  readonly parser: string | null;
  readonly requires: string | null;
}
