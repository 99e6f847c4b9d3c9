import { createHash } from "node:crypto";
import { LINE_EXAMPLE } from "../../src/model/line-example.ts";
import type { ModelDetails, ModelEntry, Observation, RunningEntry } from "../../src/model/observation.ts";
import type { Coverage, Run } from "../../src/model/run.ts";
import { lakeRun } from "../support/lake-lines.ts";

/**
 * One counted look at an address at a time (`2026-03-30T10:00`): an open Ollama whose place nobody knows and whose lists were not seen.
 * Nothing in it is a sign of a decoy.
 */
export function look(address: string, time: string, changes: Partial<Observation> = {}): Observation {
  const nowhere = { country: null, region: null, city: null, asn: null, organisation: null, labels: null };
  const unseen = { models: null, running: null, place_source: null };
  return { ...LINE_EXAMPLE, address, seen_at: `${time}:00.000Z`, ...nowhere, ...unseen, ...changes };
}

/** The same look at each of these times. */
export function looks(address: string, times: readonly string[], changes: Partial<Observation> = {}): Observation[] {
  return times.map((time) => look(address, time, changes));
}

/** What a model of a list tells; what is left out was not sent. */
interface ModelFacts {
  readonly family?: string;
  readonly quantization?: string;
  readonly size?: string;
  readonly capabilities?: readonly string[];
  readonly remote_host?: string;
  /** Two entries with one seed share a digest. */
  readonly seed?: string;
}

/** An entry of a list without times and sizes, so that no two hosts share one. */
export function model(name: string, facts: ModelFacts = {}): ModelEntry {
  return {
    name,
    model: name,
    modified_at: null,
    size: null,
    digest: createHash("sha256")
      .update(`weights of ${facts.seed ?? name}`)
      .digest("hex"),
    details: detailsOf(facts),
    capabilities: facts.capabilities ?? null,
    remote_model: null,
    remote_host: facts.remote_host ?? null,
  };
}

function detailsOf({ family, quantization, size }: ModelFacts): ModelDetails | null {
  if (family === undefined) return null;
  return {
    parent_model: null,
    format: "gguf",
    family,
    families: [family],
    parameter_size: size ?? null,
    quantization_level: quantization ?? null,
    context_length: null,
    embedding_length: null,
  };
}

/** A loaded model. */
export function loaded(name: string): RunningEntry {
  return { name, digest: null, size: null, size_vram: null, context_length: null, expires_at: null };
}

/** A run that began at a time and attempted so many of its targets. */
export function attempt(number: number, time: string, targets: number, attempted: number): Run {
  const coverage: Coverage = { ...NOBODY, targets, attempted, finished: attempted, silent: attempted };
  return lakeRun(number, { started_at: `${time}:00.000Z`, finished_at: `${time}:30.000Z`, coverage });
}

const NOBODY: Coverage = {
  targets: 0,
  attempted: 0,
  finished: 0,
  open: 0,
  login: 0,
  denied: 0,
  refused: 0,
  silent: 0,
  other: 0,
  skipped: 0,
  requests: 0,
  cards: 0,
};
