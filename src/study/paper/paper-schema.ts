import { z } from "zod";

const text = z.string();
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const rows = z
  .array(z.record(text, value))
  .readonly()
  .describe("by column; the text withheld stands where a cell, or a measure of it, is below the floor");
const shown = z.strictObject({
  rows,
  left_out: z.int().min(0).describe("rows left out with the names that strangers gave them, each below the floor"),
});

const output = z.strictObject({
  id: text,
  title: text,
  section: text,
  unit: text.describe("what one count counts"),
  definition: text,
  source: text,
  sql: text,
  undefined_because: text.nullable().describe("null: defined over this lake"),
  columns: z
    .array(
      z.strictObject({
        from: text,
        name: text,
        holds: text.describe(
          "text, outside, day, total, cell (under the floor), of (a denominator or unknowns), measure",
        ),
        of: text.nullable().describe("column that a cell is a share of"),
      }),
    )
    .readonly(),
  populations: z
    .strictObject({ all: shown.optional(), "without-decoys": shown.optional() })
    .describe("an output that knows no population has its rows under all"),
});

/** A share beside another: the study's, or that of a second lake. */
const comparison = z.strictObject({
  output: text,
  item: text,
  row: z.int().nullable().describe("row of the published figures; null: another lake"),
  kind: z.enum(["share", "number"]),
  here: z.number().nullable().describe("share, 0 to 1, or a number; null: not defined or withheld"),
  there: z.number().nullable(),
  points: z.number().nullable().describe("here less there, in points of percent; null for numbers"),
  low: z.number().nullable().describe("95 % interval of points by a bootstrap over networks; null: none"),
  high: z.number().nullable(),
  says: text.describe("comparable, or why not"),
});

/** `study.json`: every output with its definition, its query and the rows that may be shown (docs/reference/study.schema.json). */
export const paperSchema = z.strictObject({
  kind: z.literal("study"),
  schema: z.literal(1),
  label: text.nullable().describe("synthetic data, or null"),
  floor: z.int().min(1).describe("fewest hosts a shown cell holds"),
  first_observation: text.nullable(),
  newest_observation: text.nullable(),
  methods: z.record(text, text).describe("rule R18: what a reader must know to compare"),
  run: z.record(text, value),
  outputs: z.array(output).readonly(),
  compared_with: text.nullable().describe("published, or the other lake's window; null: nothing"),
  comparisons: z.array(comparison).readonly(),
});
export type PaperRecord = z.infer<typeof paperSchema>;
export type ComparisonRecord = z.infer<typeof comparison>;

/** The published JSON Schema of a study. */
export function paperJsonSchema(): unknown {
  return { title: "What corral study --format json writes", ...z.toJSONSchema(paperSchema) };
}
