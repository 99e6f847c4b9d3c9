import { z } from "zod";
import { RECORD_ENDED } from "./record-row.ts";
import type { RecordRow } from "./record-row.ts";

const text = z.string().nullable();
const count = z.number().nonnegative();

/** A row as a line of the trail holds it, beside its number and link. */
const rowSchema: z.ZodType<RecordRow> = z.object({
  at: z.string(),
  id: z.string(),
  key: text,
  owner: text,
  role: text,
  address: z.string(),
  method: z.string(),
  route: text,
  path: z.string(),
  model: text,
  decision: z.enum(["allowed", "denied", "failed"]),
  reason: z.string(),
  status: count,
  promptTokens: count.nullable(),
  answerTokens: count.nullable(),
  counted: z.enum(["server", "estimate", "none"]),
  bytesIn: count,
  bytesOut: count,
  waitMs: count,
  firstByteMs: count.nullable(),
  durationMs: count,
  promptDigest: text,
  ended: z.enum(RECORD_ENDED),
});

/** Reads a line of `recordLine`, bare or chained in a trail; `null` for anything else. */
export function rowOfLine(line: string): RecordRow | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const row = rowSchema.safeParse(value);
  return row.success ? row.data : null;
}
