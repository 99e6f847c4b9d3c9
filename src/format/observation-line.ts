import { canonicalAddress } from "../model/address.ts";
import type { Card, TextTrace } from "../model/card.ts";
import { FAILURES } from "../model/failure.ts";
import { canonicalName } from "../model/host-name.ts";
import { LINE_LIMITS, LINE_PATTERNS, utcInstant } from "../model/line-limits.ts";
import {
  ANSWERS,
  type CertificateFacts,
  type ModelDetails,
  type ModelEntry,
  type Observation,
  type RunningEntry,
  SIGNS,
  VANTAGES,
} from "../model/observation.ts";
import { PROMPT_CLASSES } from "../model/prompt-class.ts";
import { fail, ok, type Result } from "../model/result.ts";
import type { Coverage, Gap, Run } from "../model/run.ts";
import type { Service } from "../model/service.ts";
import { field, isObject } from "./bounded-value.ts";
import {
  amount,
  exactly,
  type FieldProblem,
  flag,
  list,
  orNull,
  type Reader,
  record,
  type Shape,
  text,
  whole,
  word,
} from "./shape.ts";

/** What a line of Corral's JSONL may hold. */
export type LineRecord = Observation | Card | Run;

const any = text(LINE_LIMITS.text);
const some = text(LINE_LIMITS.text, { test: (value) => value !== "", reason: "is empty" });
const anyOrNull = orNull(any);
const wholeOrNull = orNull(whole());
const count = whole(0);
const words = list(any, LINE_LIMITS.words);
const instant: Reader<string> = (value) => {
  const moment = typeof value === "string" ? utcInstant(value) : null;
  return moment === null
    ? fail({ field: "", reason: "is no moment in UTC such as 2026-01-10T03:04:05.123Z" })
    : ok(moment);
};
const sha256 = text(64, { test: (value) => LINE_PATTERNS.sha256.test(value), reason: "is not 64 hexadecimal digits" });
const id = text(32, { test: (value) => LINE_PATTERNS.run.test(value), reason: "is not 32 hexadecimal digits" });

const SERVICE: Shape<Service> = {
  scheme: word(["http", "https"]),
  address: text(45, {
    test: (value) => canonicalAddress(value) === value,
    reason: "is no IP address in canonical form (192.0.2.1, 2001:db8::1)",
  }),
  port: whole(1, 65_535),
  host_name: orNull(
    text(253, { test: (value) => canonicalName(value) === value, reason: "is no lower-case host name" }),
  ),
  base_path: text(LINE_LIMITS.text, {
    test: (value) => LINE_PATTERNS.basePath.test(value),
    reason: "is no base path such as / or /ollama",
  }),
};

const DETAILS: Shape<ModelDetails> = {
  parent_model: anyOrNull,
  format: anyOrNull,
  family: anyOrNull,
  families: orNull(words),
  parameter_size: anyOrNull,
  quantization_level: anyOrNull,
  context_length: wholeOrNull,
  embedding_length: wholeOrNull,
};

const MODEL: Shape<ModelEntry> = {
  name: any,
  model: anyOrNull,
  modified_at: anyOrNull,
  size: wholeOrNull,
  digest: anyOrNull,
  details: orNull(record(DETAILS)),
  capabilities: orNull(words),
  remote_model: anyOrNull,
  remote_host: anyOrNull,
};

const RUNNING: Shape<RunningEntry> = {
  name: any,
  digest: anyOrNull,
  size: wholeOrNull,
  size_vram: wholeOrNull,
  context_length: wholeOrNull,
  expires_at: anyOrNull,
};

const CERTIFICATE: Shape<CertificateFacts> = {
  sha256,
  subject: anyOrNull,
  issuer: anyOrNull,
  not_before: orNull(instant),
  not_after: orNull(instant),
  names: words,
  self_signed: flag,
};

const signs = orNull(list(word(SIGNS), SIGNS.length));

const OBSERVATION: Shape<Observation> = {
  kind: exactly("observation"),
  schema: exactly(1),
  ...SERVICE,
  seen_at: instant,
  run: orNull(id),
  vantage: orNull(word(VANTAGES)),
  source: some,
  answer: word(ANSWERS),
  confirmed: flag,
  product: anyOrNull,
  fingerprint: anyOrNull,
  version: anyOrNull,
  status: orNull(whole(100, 999)),
  failure: orNull(word(FAILURES)),
  signs: (value) => {
    const read = signs(value);
    return read.ok ? ok(read.value ?? []) : read;
  },
  server: anyOrNull,
  title: anyOrNull,
  page: orNull(id),
  models: orNull(list(record(MODEL), LINE_LIMITS.models)),
  running: orNull(list(record(RUNNING), LINE_LIMITS.running)),
  certificate: orNull(record(CERTIFICATE)),
  country: orNull(
    text(2, { test: (value) => LINE_PATTERNS.country.test(value), reason: "is not two capital letters" }),
  ),
  region: anyOrNull,
  city: anyOrNull,
  asn: orNull(whole(1, 4_294_967_295)),
  organisation: anyOrNull,
  labels: orNull(words),
  place_source: anyOrNull,
  requests: orNull(count),
  duration_ms: orNull(amount),
};

const trace = orNull(record<TextTrace>({ sha256, length: count }));

const CARD: Shape<Card> = {
  kind: exactly("card"),
  schema: exactly(1),
  ...SERVICE,
  seen_at: instant,
  run: orNull(id),
  source: some,
  digest: any,
  server_version: any,
  name: any,
  agreement: id,
  lends: flag,
  architecture: anyOrNull,
  parameter_count: wholeOrNull,
  file_type: wholeOrNull,
  context_length: wholeOrNull,
  embedding_length: wholeOrNull,
  block_count: wholeOrNull,
  format: anyOrNull,
  family: anyOrNull,
  families: orNull(words),
  parameter_size: anyOrNull,
  quantization_level: anyOrNull,
  capabilities: orNull(words),
  has_projector: flag,
  template: trace,
  template_uses_tools: flag,
  system: trace,
  parameters: trace,
  system_class: orNull(word(PROMPT_CLASSES)),
  template_class: orNull(word(PROMPT_CLASSES)),
  signs_version: orNull(whole(1)),
  system_text: anyOrNull,
  messages: orNull(count),
  renderer: anyOrNull,
  parser: anyOrNull,
  requires: anyOrNull,
};

const COVERAGE: Shape<Coverage> = {
  targets: count,
  attempted: count,
  finished: count,
  open: count,
  login: count,
  denied: count,
  refused: count,
  silent: count,
  other: count,
  skipped: count,
  requests: count,
  cards: count,
};

const RUN: Shape<Run> = {
  kind: exactly("run"),
  schema: exactly(1),
  run: id,
  source: some,
  started_at: instant,
  finished_at: orNull(instant),
  scope_name: anyOrNull,
  scope_hash: orNull(sha256),
  basis: anyOrNull,
  operator: anyOrNull,
  contact: anyOrNull,
  allowed_by: anyOrNull,
  vantage: orNull(word(VANTAGES)),
  ports: orNull(list(whole(1, 65_535), LINE_LIMITS.ports)),
  shard: any,
  depth: orNull(word(["metadata", "cards"])),
  coverage: orNull(record(COVERAGE)),
  gaps: list(record<Gap>({ from: instant, to: instant, reason: any }), LINE_LIMITS.gaps),
  carries: orNull(words),
  synthetic: flag,
};

const KINDS: ReadonlyMap<string, Reader<LineRecord>> = new Map<string, Reader<LineRecord>>([
  ["observation", record(OBSERVATION)],
  ["card", record(CARD)],
  ["run", record(RUN)],
]);

/**
 * Reads a parsed line of Corral's JSONL: the record with every field present, or the first field that is wrong.
 * Accepts exactly what `model/observation-schema.ts` accepts (a property test holds them together) and is the faster of the two.
 */
export function readLine(value: unknown): Result<LineRecord, FieldProblem> {
  if (!isObject(value)) return fail({ field: "", reason: "is not an object" });
  const kind = field(value, "kind");
  const reader = typeof kind === "string" ? KINDS.get(kind) : undefined;
  return reader === undefined
    ? fail({ field: "kind", reason: `is not one of ${[...KINDS.keys()].join(", ")}` })
    : reader(value);
}
