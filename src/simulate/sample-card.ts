import { createHash } from "node:crypto";
import { SIGNS_VERSION } from "../knowledge/prompt-signs/signs.ts";
import type { Card } from "../model/card.ts";
import type { Observation } from "../model/observation.ts";
import type { PromptClass } from "../model/prompt-class.ts";
import type { Holding } from "./sample-host.ts";
import { versionNumber } from "./sample-versions.ts";

/** First version whose `/api/show` has model facts, capabilities, and the word `thinking` (ollama/ollama api/types.go). */
const SINCE = {
  modelInfo: versionNumber("0.1.45"),
  capabilities: versionNumber("0.6.4"),
  thinking: versionNumber("0.9.0"),
} as const;

/** The card that a service shows of a model it holds, as far as its version can tell. */
export function sampleCard(seen: Observation, version: string, sends: number, holding: Holding): Card {
  const { model, digest } = holding;
  const tellsInfo = sends >= SINCE.modelInfo;
  const words = model.capabilities.filter((word) => word !== "thinking" || sends >= SINCE.thinking);
  return {
    kind: "card",
    schema: 1,
    scheme: seen.scheme,
    address: seen.address,
    port: seen.port,
    host_name: seen.host_name,
    base_path: seen.base_path,
    seen_at: seen.seen_at,
    run: seen.run,
    source: seen.source,
    digest,
    server_version: version,
    name: model.name,
    agreement: sha256(`${digest} ${version}`).slice(0, 32),
    lends: true,
    architecture: tellsInfo ? model.family : null,
    parameter_count: tellsInfo ? model.parameter_count : null,
    file_type: tellsInfo ? model.file_type : null,
    context_length: tellsInfo ? model.context_length : null,
    embedding_length: tellsInfo ? model.embedding_length : null,
    block_count: tellsInfo ? 32 : null,
    format: "gguf",
    family: model.family,
    families: model.families,
    parameter_size: model.parameter_size,
    quantization_level: model.quantization_level,
    capabilities: sends >= SINCE.capabilities ? words : null,
    has_projector: model.capabilities.includes("vision"),
    template: { sha256: sha256(`template of ${model.family}`), length: 220 },
    template_uses_tools: model.capabilities.includes("tools"),
    system: model.name.startsWith("house-") ? { sha256: sha256(digest), length: 412 } : null,
    parameters: null,
    system_class: model.name.startsWith("house-") ? systemClass(digest) : null,
    template_class: "none",
    signs_version: SIGNS_VERSION,
    system_text: null,
    messages: null,
    renderer: null,
    parser: null,
    requires: null,
  };
}

/** Most prompts are harmless, a few are not; the same digest always has the same. */
function systemClass(digest: string): PromptClass {
  const classes: readonly PromptClass[] = ["guard-off", "fraud"];
  return classes["0123456789abcdef".indexOf(sha256(`prompt of ${digest}`).charAt(0))] ?? "benign";
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
