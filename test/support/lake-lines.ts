import type { Card } from "../../src/model/card.ts";
import type { Observation } from "../../src/model/observation.ts";
import type { RequestEntry } from "../../src/model/request-entry.ts";
import type { Run } from "../../src/model/run.ts";
import { instantOf } from "../../src/model/instant.ts";

const BEGIN_MS = Date.UTC(2026, 0, 1);

/** A run row with this number as its id. */
export function lakeRun(number: number, changes: Partial<Run> = {}): Run {
  return {
    kind: "run",
    schema: 1,
    run: number.toString(16).padStart(32, "0"),
    source: "corral",
    started_at: instantOf(BEGIN_MS),
    finished_at: null,
    scope_name: "test",
    scope_hash: "ab".repeat(32),
    basis: "own",
    operator: "Operator",
    contact: "noc@example.net",
    allowed_by: "Operator",
    vantage: "inside",
    ports: [11434],
    shard: "1/1",
    depth: "cards",
    coverage: null,
    gaps: [],
    carries: null,
    synthetic: true,
    ...changes,
  };
}

/** The observation number `n` of writer `writer`: the same numbers give the same line. Addresses are of 10.0.0.0/8. */
export function lakeObservation(writer: number, n: number, changes: Partial<Observation> = {}): Observation {
  const name = `model-${n % 7}`;
  return {
    kind: "observation",
    schema: 1,
    scheme: "http",
    address: `10.${writer}.${(n >> 8) & 255}.${n & 255}`,
    port: 11434,
    host_name: null,
    base_path: "/",
    seen_at: instantOf(BEGIN_MS + n * 1000),
    run: writer.toString(16).padStart(32, "0"),
    vantage: "inside",
    source: "corral",
    answer: "open",
    confirmed: true,
    product: "ollama",
    fingerprint: null,
    version: "0.5.7",
    status: 200,
    failure: null,
    signs: [],
    server: null,
    title: null,
    page: null,
    models: [
      {
        name,
        model: name,
        modified_at: "2026-01-10T03:04:05.123456789+02:00",
        size: 4_683_087_332,
        digest: "cd".repeat(32),
        details: {
          parent_model: "",
          format: "gguf",
          family: "qwen2",
          families: ["qwen2"],
          parameter_size: "7.6B",
          quantization_level: "Q4_K_M",
          context_length: null,
          embedding_length: null,
        },
        capabilities: null,
        remote_model: null,
        remote_host: null,
      },
    ],
    running: [],
    certificate: null,
    country: null,
    region: null,
    city: null,
    asn: null,
    organisation: null,
    labels: null,
    place_source: null,
    requests: 4,
    duration_ms: 12.5,
    ...changes,
  };
}

/** A card of one digest and version as this address showed it. */
export function lakeCard(address: string, lends: boolean): Card {
  return {
    kind: "card",
    schema: 1,
    scheme: "http",
    address,
    port: 11434,
    host_name: null,
    base_path: "/",
    seen_at: instantOf(BEGIN_MS),
    run: null,
    source: "corral",
    digest: "ef".repeat(32),
    server_version: "0.6.4",
    name: "model-0",
    agreement: "cd".repeat(16),
    lends,
    architecture: "qwen2",
    parameter_count: 7_615_616_512,
    file_type: 15,
    context_length: 32_768,
    embedding_length: 3584,
    block_count: 28,
    format: "gguf",
    family: "qwen2",
    families: ["qwen2"],
    parameter_size: "7.6B",
    quantization_level: "Q4_K_M",
    capabilities: ["completion", "tools"],
    has_projector: false,
    template: { sha256: "aa".repeat(32), length: 10 },
    template_uses_tools: true,
    system: null,
    parameters: null,
    system_class: null,
    template_class: "none",
    signs_version: 1,
    system_text: null,
    messages: null,
    renderer: null,
    parser: null,
    requires: null,
  };
}

/** A request to this address, as the log keeps it. */
export function lakeRequest(address: string): RequestEntry {
  return {
    kind: "request",
    schema: 1,
    sent_at: instantOf(BEGIN_MS),
    run: null,
    scheme: "http",
    address,
    port: 11434,
    host_name: null,
    base_path: "/",
    method: "GET",
    path: "/api/tags",
    status: 200,
    failure: null,
    bytes: 10,
  };
}
