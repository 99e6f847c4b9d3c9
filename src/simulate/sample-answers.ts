import type { ModelDetails, ModelEntry, RunningEntry } from "../model/observation.ts";
import { instantOf } from "../model/instant.ts";
import type { Random } from "./random.ts";
import type { Holding } from "./sample-host.ts";
import { versionNumber } from "./sample-versions.ts";

/** First version (as a number) that sends each field of `/api/tags` and `/api/ps` (ollama/ollama api/types.go and its history). */
const SINCE = {
  details: versionNumber("0.1.15"),
  model: versionNumber("0.1.21"),
  ps: versionNumber("0.1.38"),
  psContextLength: versionNumber("0.10.0"),
  remote: versionNumber("0.12.0"),
  tagsCapabilities: versionNumber("0.30.0"),
} as const;

/** The entry of `/api/tags` as a version sends it: no field that it could not know. */
export function tagsEntry(holding: Holding, sends: number, startMs: number): ModelEntry {
  const { model } = holding;
  return {
    name: model.name,
    model: sends >= SINCE.model ? model.name : null,
    modified_at: instantOf(startMs - holding.ageMs),
    size: model.size,
    digest: holding.digest,
    details: sends >= SINCE.details ? detailsOf(holding, sends) : null,
    capabilities: sends >= SINCE.tagsCapabilities && !model.remote ? model.capabilities : null,
    remote_model: model.remote ? "gpt-oss:120b" : null,
    remote_host: model.remote ? "https://ollama.com:443" : null,
  };
}

function detailsOf({ model }: Holding, sends: number): ModelDetails {
  const tellsLengths = sends >= SINCE.tagsCapabilities && !model.remote;
  return {
    parent_model: sends >= SINCE.model ? "" : null,
    format: model.remote ? "" : "gguf",
    family: model.family,
    families: model.remote ? null : model.families,
    parameter_size: model.parameter_size,
    quantization_level: model.quantization_level,
    context_length: tellsLengths ? model.context_length : null,
    embedding_length: tellsLengths ? model.embedding_length : null,
  };
}

/** Whether a version can hold this model at all: cloud stubs came later than the oldest versions. */
export function canHold(holding: Holding, sends: number): boolean {
  return !holding.model.remote || sends >= SINCE.remote;
}

/** The answer of `/api/ps`: none before the route existed; at times one of the models is loaded. */
export function psAnswer(
  held: readonly Holding[],
  sends: number,
  random: Random,
  nowMs: number,
): readonly RunningEntry[] | null {
  if (sends < SINCE.ps) return null;
  const loaded = held.filter(({ model }) => !model.remote).slice(0, 1);
  if (!random.chance(0.35)) return [];
  return loaded.map(({ model, digest }) => ({
    name: model.name,
    digest,
    size: Math.round(model.size * 1.2),
    size_vram: random.chance(0.6) ? Math.round(model.size * 1.2) : 0,
    context_length: sends >= SINCE.psContextLength ? 4_096 : null,
    expires_at: instantOf(nowMs + 240_000),
  }));
}
