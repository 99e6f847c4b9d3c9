import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Card } from "../model/card.ts";
import type { Observation } from "../model/observation.ts";
import { lineSchema } from "../model/observation-schema.ts";
import type { Run } from "../model/run.ts";
import { readLine } from "./observation-line.ts";

const OBSERVATION: Observation = {
  kind: "observation",
  schema: 1,
  scheme: "http",
  address: "192.0.2.10",
  port: 11434,
  host_name: null,
  base_path: "/",
  seen_at: "2026-01-10T03:04:05.123Z",
  run: "00112233445566778899aabbccddeeff",
  vantage: "outside",
  source: "corral",
  answer: "open",
  confirmed: true,
  product: "ollama",
  fingerprint: "ollama.version",
  version: "0.12.0",
  status: 200,
  failure: null,
  signs: ["pipelining-disliked"],
  server: "nginx",
  title: "A page",
  page: "0123456789abcdef0123456789abcdef",
  models: [
    {
      name: "example-chat:latest",
      model: "example-chat:latest",
      modified_at: "2026-01-10T03:04:05.123456789Z",
      size: 4_100_000_000,
      digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
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
  country: "DE",
  region: null,
  city: null,
  asn: 64496,
  organisation: "Example Hosting",
  labels: ["hosting", "mobile"],
  place_source: "record",
  requests: 4,
  duration_ms: 31.5,
};

const CARD: Card = {
  kind: "card",
  schema: 1,
  scheme: "https",
  address: "2001:db8::1",
  port: 443,
  host_name: "models.example",
  base_path: "/ollama",
  seen_at: "2026-01-10T03:04:05.000Z",
  run: null,
  source: "corral",
  digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  server_version: "0.12.0",
  name: "example-chat:latest",
  agreement: "00112233445566778899aabbccddeeff",
  lends: true,
  architecture: "qwen2",
  parameter_count: 7_600_000_000,
  file_type: 15,
  context_length: 131_072,
  embedding_length: 3584,
  block_count: 28,
  format: "gguf",
  family: "qwen2",
  families: ["qwen2"],
  parameter_size: "7.6B",
  quantization_level: "Q4_K_M",
  capabilities: ["completion", "tools"],
  has_projector: false,
  template: { sha256: "0".repeat(64), length: 12 },
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

const RUN: Run = {
  kind: "run",
  schema: 1,
  run: "00112233445566778899aabbccddeeff",
  source: "corral",
  started_at: "2026-01-10T03:04:05.123Z",
  finished_at: null,
  scope_name: "own",
  scope_hash: "0".repeat(64),
  basis: "own",
  operator: "Example",
  contact: "noc@example.net",
  allowed_by: "Example",
  vantage: "inside",
  ports: [11434],
  shard: "1/1",
  depth: "metadata",
  coverage: null,
  gaps: [{ from: "2026-01-10T03:04:05.123Z", to: "2026-01-10T03:05:05.123Z", reason: "interrupted" }],
  carries: null,
  synthetic: false,
};

/** Values that strangers put where others belong. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    "",
    "x",
    "\u{0}",
    "\u{1b}[2J",
    "\u{d800}",
    "é",
    0,
    -1,
    1.5,
    2 ** 53,
    -0,
    1e308,
    true,
    [],
    {},
    [null],
    [[]],
    ["a"],
    [1],
    "192.0.2.010",
    "::ffff:192.0.2.1",
    "2001:DB8::1",
    "[2001:db8::1]",
    "/a/",
    "//",
    "/a b",
    "/a?x",
    "HTTP",
    "https",
    "de",
    "DE",
    "DEU",
    "2026-02-30T00:00:00Z",
    "2026-01-10T24:00:00Z",
    "2026-01-10",
    "2026-01-10T03:04:05.1234Z",
    "2026-01-10T03:04:05+01:00",
    "Example.COM",
    "a..b",
    "a".repeat(4096),
    "a".repeat(4097),
    "card",
    "run",
    65_535,
    65_536,
    99,
    1000,
    { sha256: "0".repeat(64), length: 1 },
    [{ name: "a" }],
    [{}],
  ),
  fc.jsonValue(),
);

/** Every path into a record, so that a mutation may strike anywhere. */
function paths(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const inner = copy as Record<string, unknown>;
  inner[key] = replaced(inner[key], rest, by);
  if (inner[key] === undefined && !Array.isArray(copy)) delete inner[key];
  return copy;
}

const mutated = fc
  .constantFrom<unknown>(OBSERVATION, CARD, RUN)
  .chain((record) =>
    fc.tuple(fc.constant(record), fc.array(fc.tuple(fc.constantFrom(...paths(record)), odd), { maxLength: 2 })),
  )
  .map(([record, changes]) =>
    changes.reduce((value, [path, by]) => safely(() => replaced(value, path, by), value), record),
  );

/** A second mutation may strike where the first one removed the ground. */
function safely(work: () => unknown, otherwise: unknown): unknown {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

describe("a line", () => {
  test.each([OBSERVATION, CARD, RUN])("of kind $kind comes back as it was", (record) => {
    expect(readLine(JSON.parse(JSON.stringify(record)))).toEqual({ ok: true, value: record });
  });

  test("without a fraction of a second gets one", () => {
    const read = readLine({ ...OBSERVATION, seen_at: "2026-01-10T03:04:05Z" });
    expect(read.ok && "seen_at" in read.value && read.value.seen_at).toBe("2026-01-10T03:04:05.000Z");
  });

  test("is accepted, and read alike, by the validator and by the published schema", () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(mutated, (value) => {
        const fast = readLine(value);
        const slow = lineSchema.safeParse(value);
        expect(fast.ok).toBe(slow.success);
        if (fast.ok) {
          accepted += 1;
          expect(fast.value).toEqual(slow.data);
        } else refused += 1;
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(300);
  });

  test.each<[string, Record<string, unknown>, string, string]>([
    ["no kind", { kind: undefined }, "kind", "is not one of observation, card, run"],
    ["inherited kind", { kind: "constructor" }, "kind", "is not one of observation, card, run"],
    ["newer schema", { schema: 2 }, "schema", "is not 1"],
    ["address", { address: "2001:DB8::1" }, "address", "is no IP address in canonical form (192.0.2.1, 2001:db8::1)"],
    ["port", { port: 0 }, "port", "is not between 1 and 65535"],
    ["port as text", { port: "11434" }, "port", "is not a whole number below 2^53"],
    ["size", { models: [{ name: "a", size: 2 ** 53 }] }, "models[0].size", "is not a whole number below 2^53"],
    [
      "long name",
      { models: [{ name: "a" }, { name: "a".repeat(1_000_000) }] },
      "models[1].name",
      "is longer than 4096 characters",
    ],
    [
      "families",
      { models: [{ name: "a", details: { families: ["a", 1] } }] },
      "models[0].details.families[1]",
      "is not a text",
    ],
    ["surrogate", { version: "\u{dc00}" }, "version", "holds half a surrogate pair"],
    ["day", { seen_at: "2026-02-30T00:00:00Z" }, "seen_at", "is no moment in UTC such as 2026-01-10T03:04:05.123Z"],
    ["models", { models: {} }, "models", "is not a list"],
    [
      "too many",
      { models: Array.from({ length: 65_537 }, () => ({ name: "a" })) },
      "models",
      "has more than 65536 entries",
    ],
  ])("%s", (_, change, field, reason) => {
    expect(readLine({ ...OBSERVATION, ...change })).toEqual({ ok: false, error: { field, reason } });
  });

  test("may leave out what was not seen, and carry what nobody reads", () => {
    const { kind, schema, scheme, address, port, base_path, seen_at, source, answer, confirmed } = OBSERVATION;
    const short = { kind, schema, scheme, address, port, base_path, seen_at, source, answer, confirmed };
    const read = readLine({ ...short, extra: [1], ["__proto__"]: { version: "9" } });
    expect(read.ok && read.value).toEqual({ ...nulls(), ...short, signs: [] });
  });
});

function nulls(): Record<string, null> {
  return Object.fromEntries(Object.keys(OBSERVATION).map((key) => [key, null]));
}
