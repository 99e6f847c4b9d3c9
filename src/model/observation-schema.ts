import { z } from "zod";
import { canonicalAddress } from "./address.ts";
import type { Card } from "./card.ts";
import { FAILURES } from "./failure.ts";
import { canonicalName } from "./host-name.ts";
import { utcInstant, LINE_LIMITS, LINE_PATTERNS } from "./line-limits.ts";
import { ANSWERS, SIGNS, VANTAGES, type Observation } from "./observation.ts";
import { PROMPT_CLASSES } from "./prompt-class.ts";
import type { Run } from "./run.ts";

const text = z
  .string()
  .max(LINE_LIMITS.text)
  .refine((value) => value.isWellFormed(), "holds half a surrogate pair");
const name = text.min(1);
const instant = z
  .string()
  .regex(LINE_PATTERNS.instant)
  .refine((value) => utcInstant(value) !== null, "is no moment")
  .transform((value) => utcInstant(value) ?? value)
  .describe("A moment in UTC, to the millisecond: 2026-01-10T03:04:05.123Z.");
const count = z.int().min(0);
/** `null`, or left out, is "not seen": never zero, never empty. */
const orNull = <T extends z.ZodType>(schema: T): z.ZodDefault<z.ZodNullable<T>> =>
  schema.nullable().default(null as z.core.util.NoUndefined<z.output<z.ZodNullable<T>>>);

const service = {
  scheme: z.enum(["http", "https"]),
  address: z
    .string()
    .max(45)
    .refine((value) => canonicalAddress(value) === value, "is no IP address in canonical form")
    .describe("Dotted IPv4, or RFC 5952 IPv6 without brackets and zone."),
  port: z.int().min(1).max(65_535),
  host_name: orNull(
    z
      .string()
      .max(253)
      .refine((value) => canonicalName(value) === value, "is no lower-case host name"),
  ),
  base_path: z
    .string()
    .max(LINE_LIMITS.text)
    .regex(LINE_PATTERNS.basePath)
    .describe("/ or /ollama: no slash at its end."),
};

const details = z.object({
  parent_model: orNull(text),
  format: orNull(text),
  family: orNull(text),
  families: orNull(z.array(text).max(LINE_LIMITS.words)),
  parameter_size: orNull(text),
  quantization_level: orNull(text),
  context_length: orNull(z.int()),
  embedding_length: orNull(z.int()),
});

const model = z.object({
  name: text,
  model: orNull(text),
  modified_at: orNull(text).describe("As sent, with zone and nanoseconds."),
  size: orNull(z.int()).describe("Bytes."),
  digest: orNull(text),
  details: orNull(details),
  capabilities: orNull(z.array(text).max(LINE_LIMITS.words)),
  remote_model: orNull(text),
  remote_host: orNull(text),
});

const running = z.object({
  name: text,
  digest: orNull(text),
  size: orNull(z.int()).describe("Bytes."),
  size_vram: orNull(z.int()).describe("Bytes."),
  context_length: orNull(z.int()),
  expires_at: orNull(text),
});

const certificate = z.object({
  sha256: z.string().regex(LINE_PATTERNS.sha256),
  subject: orNull(text),
  issuer: orNull(text),
  not_before: orNull(instant),
  not_after: orNull(instant),
  names: z.array(text).max(LINE_LIMITS.words),
  self_signed: z.boolean(),
});

/** One look at one service in one run: the line of kind `observation`. */
export const observationSchema: z.ZodType<Observation> = z.object({
  kind: z.literal("observation"),
  schema: z.literal(1),
  ...service,
  seen_at: instant,
  run: orNull(z.string().regex(LINE_PATTERNS.run)),
  vantage: orNull(z.enum(VANTAGES)),
  source: name,
  answer: z.enum(ANSWERS),
  confirmed: z.boolean(),
  product: orNull(text),
  fingerprint: orNull(text),
  version: orNull(text),
  status: orNull(z.int().min(100).max(999)),
  failure: orNull(z.enum(FAILURES)),
  signs: z
    .array(z.enum(SIGNS))
    .max(SIGNS.length)
    .nullable()
    .default([])
    .transform((signs) => signs ?? []),
  server: orNull(text),
  title: orNull(text),
  page: orNull(z.string().regex(LINE_PATTERNS.run)),
  models: orNull(z.array(model).max(LINE_LIMITS.models)),
  running: orNull(z.array(running).max(LINE_LIMITS.running)),
  certificate: orNull(certificate),
  country: orNull(z.string().regex(LINE_PATTERNS.country)),
  region: orNull(text),
  city: orNull(text),
  asn: orNull(z.int().min(1).max(4_294_967_295)),
  organisation: orNull(text),
  labels: orNull(z.array(text).max(LINE_LIMITS.words)),
  place_source: orNull(text),
  requests: orNull(count),
  duration_ms: orNull(z.number().min(0)),
});

const trace = z.object({ sha256: z.string().regex(LINE_PATTERNS.sha256), length: count });

/** What `/api/show` told of a model: the line of kind `card`. */
export const cardSchema: z.ZodType<Card> = z.object({
  kind: z.literal("card"),
  schema: z.literal(1),
  ...service,
  seen_at: instant,
  run: orNull(z.string().regex(LINE_PATTERNS.run)),
  source: name,
  digest: text,
  server_version: text,
  name: text,
  agreement: z.string().regex(LINE_PATTERNS.run),
  lends: z.boolean(),
  architecture: orNull(text),
  parameter_count: orNull(z.int()),
  file_type: orNull(z.int()),
  context_length: orNull(z.int()),
  embedding_length: orNull(z.int()),
  block_count: orNull(z.int()),
  format: orNull(text),
  family: orNull(text),
  families: orNull(z.array(text).max(LINE_LIMITS.words)),
  parameter_size: orNull(text),
  quantization_level: orNull(text),
  capabilities: orNull(z.array(text).max(LINE_LIMITS.words)),
  has_projector: z.boolean(),
  template: orNull(trace),
  template_uses_tools: z.boolean(),
  system: orNull(trace),
  parameters: orNull(trace),
  system_class: orNull(z.enum(PROMPT_CLASSES)),
  template_class: orNull(z.enum(PROMPT_CLASSES)),
  signs_version: orNull(z.int().min(1)),
  system_text: orNull(text).describe("Never written by an export, never taken by an import."),
  messages: orNull(count),
  renderer: orNull(text),
  parser: orNull(text),
  requires: orNull(text),
});

const coverage = z.object({
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
});

/** What was attempted, from where, by whose authority: the line of kind `run`. */
export const runSchema: z.ZodType<Run> = z.object({
  kind: z.literal("run"),
  schema: z.literal(1),
  run: z.string().regex(LINE_PATTERNS.run),
  source: name,
  started_at: instant,
  finished_at: orNull(instant),
  scope_name: orNull(text),
  scope_hash: orNull(z.string().regex(LINE_PATTERNS.sha256)),
  basis: orNull(text),
  operator: orNull(text),
  contact: orNull(text),
  allowed_by: orNull(text),
  vantage: orNull(z.enum(VANTAGES)),
  ports: orNull(z.array(z.int().min(1).max(65_535)).max(LINE_LIMITS.ports)),
  shard: text,
  depth: orNull(z.enum(["metadata", "cards"])),
  coverage: orNull(coverage),
  gaps: z.array(z.object({ from: instant, to: instant, reason: text })).max(LINE_LIMITS.gaps),
  carries: orNull(z.array(text).max(LINE_LIMITS.words)),
  synthetic: z.boolean(),
});

/** A line of Corral's JSONL: unknown keys are passed over, a key left out counts as `null` where `null` is allowed. */
export const lineSchema = z.union([observationSchema, cardSchema, runSchema]);

/** {@link lineSchema} as JSON Schema: `docs/reference/observation.schema.json`. */
export function lineJsonSchema(): unknown {
  return {
    title: "A line of Corral's JSONL",
    description:
      "One JSON object per line. null, or a key left out, means not seen: never zero, never empty. Unknown keys are passed over.",
    ...z.toJSONSchema(lineSchema, { io: "input" }),
  };
}
