import { z } from "zod";
import { ANSWERS } from "../../model/observation.ts";
import { CHANGE_KINDS, CHANGE_KIND_IDS } from "./change.ts";

const count = z.int().min(0);
const answer = z.enum(ANSWERS);
const text = z.string();

const endSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("run"),
    run: text,
    source: text,
    scope_name: text.nullable(),
    vantage: text.nullable(),
    started_at: text,
    finished_at: text.nullable().describe("null: the run is not finished"),
    targets: count.nullable(),
    attempted: count.nullable(),
  }),
  z.strictObject({ kind: z.literal("time"), at: text }),
]);

const stateSchema = z.strictObject({
  answer,
  seen_at: text,
  product: text.nullable(),
  version: text.nullable().describe("null: not told, or no plain version and the diff is not full"),
});

const changeSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("newly-open"),
    before: answer.nullable().describe("null: no look before is known"),
  }),
  z.strictObject({ kind: z.enum(["login-removed", "login-added"]) }),
  z.strictObject({ kind: z.enum(["unclear", "closed"]), after: answer }),
  z.strictObject({
    kind: z.enum(["version-up", "version-down", "version-changed", "product-changed"]),
    before: text.nullable(),
    after: text.nullable(),
  }),
  z.strictObject({
    kind: z.enum(["models-added", "models-changed", "models-gone"]),
    count,
    names: z.array(text).readonly().nullable().describe("at most 50; null unless the diff is full"),
  }),
  z.strictObject({
    kind: z.enum(["capability-grown", "capability-told", "capability-shrunk"]),
    capabilities: z.array(text).readonly(),
  }),
]);

const serviceSchema = z.strictObject({
  network: text.describe("192.0.2.x or 2001:db8:7::/48"),
  service: z
    .strictObject({
      url: text,
      scheme: z.enum(["http", "https"]),
      address: text,
      port: z.int(),
      host_name: text.nullable(),
      base_path: text,
    })
    .nullable()
    .describe("null unless the diff is full"),
  asked: z.boolean().describe("false: open before and not asked again; nothing is known of it"),
  likely_decoy: z.boolean().describe("true: the lake takes it for a decoy, by everything it holds"),
  before: stateSchema.nullable(),
  after: stateSchema.nullable(),
  changes: z.array(changeSchema).readonly(),
});

/** What `corral diff --json` prints and its webhook sends (docs/reference/diff.schema.json). */
export const diffSchema = z.strictObject({
  kind: z.literal("diff"),
  schema: z.literal(1),
  full: z.boolean(),
  synthetic: z.boolean().describe("true: at least one end is made by a generator"),
  from: endSchema,
  to: endSchema,
  counts: z.strictObject({
    before_services: count,
    after_services: count,
    before_open: count,
    after_open: count,
    unchanged: count,
    likely_decoys: count.describe("of the services told below, those taken for decoys"),
    not_asked: count,
  }),
  summary: z.record(z.enum(CHANGE_KIND_IDS), count).describe("services per kind of change; a service may have several"),
  services: z.array(serviceSchema).readonly(),
  left_out: count.describe("services not written out: a webhook carries at most 1000"),
  notes: z.array(text).readonly(),
});
export type DiffRecord = z.infer<typeof diffSchema>;
export type EndRecord = z.infer<typeof endSchema>;
export type StateRecord = z.infer<typeof stateSchema>;
export type ChangeRecord = z.infer<typeof changeSchema>;
export type ServiceRecord = z.infer<typeof serviceSchema>;

/** The published JSON Schema of a diff. */
export function diffJsonSchema(): unknown {
  const kinds = CHANGE_KIND_IDS.map((kind) => `${kind}: ${CHANGE_KINDS[kind].claims}.`);
  return { title: "What corral diff --json prints", description: kinds.join(" "), ...z.toJSONSchema(diffSchema) };
}
