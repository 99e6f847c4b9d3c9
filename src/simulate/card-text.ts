import { SIGNS_VERSION } from "../knowledge/prompt-signs/signs.ts";
import type { CapabilityWord } from "./campaign-model.ts";
import { type Holding, sha256 } from "./holding.ts";
import type { KnownRelease } from "./releases.ts";
import { SENDS } from "./segment.ts";

/** Who shows a card, and when. */
export interface CardOrder {
  readonly address: string;
  readonly port: number;
  readonly seenAt: string;
  readonly run: string;
  readonly source: string;
}

const SINCE: Readonly<Partial<Record<CapabilityWord, number>>> = {
  thinking: SENDS.thinking,
  image: SENDS.image,
  audio: SENDS.audio,
};

/** The words of a model's list that a version knows. */
export function wordsKnown(words: readonly CapabilityWord[], version: number): readonly CapabilityWord[] {
  return words.filter((word) => version >= (SINCE[word] ?? 0));
}

/** The line of the card that a service shows of a model, as far as its version can tell; texts only as hash and length. */
export function cardText(holding: Holding, release: KnownRelease, order: CardOrder): string {
  const { model, digest } = holding;
  const tellsInfo = release.number >= SENDS.modelInfo;
  const hasSystem = holding.prompt !== "none";
  const card = {
    kind: "card",
    schema: 1,
    scheme: "http",
    address: order.address,
    port: order.port,
    host_name: null,
    base_path: "/",
    seen_at: order.seenAt,
    run: order.run,
    source: order.source,
    digest,
    server_version: release.version,
    name: holding.name,
    agreement: sha256(`${digest} ${release.version}`).slice(0, 32),
    lends: true,
    architecture: tellsInfo ? model.family : null,
    parameter_count: tellsInfo ? Math.round(model.billions * 1e9) : null,
    file_type: null,
    context_length: tellsInfo ? 32_768 : null,
    embedding_length: tellsInfo ? 4_096 : null,
    block_count: tellsInfo ? 32 : null,
    format: "gguf",
    family: model.family,
    families: model.families,
    parameter_size: model.parameterSize,
    quantization_level: model.quantization,
    capabilities: release.number >= SENDS.cardCapabilities ? wordsKnown(model.capabilities, release.number) : null,
    has_projector: model.projector,
    template: { sha256: sha256(`template of ${model.name}`), length: 220 },
    template_uses_tools: model.templateTools,
    system: hasSystem ? { sha256: sha256(`prompt of ${digest}`), length: 412 } : null,
    parameters: null,
    system_class: holding.prompt,
    template_class: model.templateClass,
    signs_version: SIGNS_VERSION,
    system_text: null,
    messages: null,
    renderer: null,
    parser: null,
    requires: null,
  };
  return `${JSON.stringify(card)}\n`;
}
