import { join } from "node:path";
import { z } from "zod";
import { lineStart } from "./audit-line.ts";
import { auditFiles, readStart } from "./audit-place.io.ts";
import type { AuditPlace } from "./audit-place.io.ts";
import { trailLines } from "./read-trail.io.ts";
import type { RecordRow } from "./record-row.ts";
import { tallyRow } from "./record-tally.ts";
import type { RecordTally } from "./record-tally.ts";
import { UsageSums } from "./usage-sums.ts";
import type { UsageStore } from "./usage-store.io.ts";

/** Rows whose sums are added in one transaction. */
const ROWS_A_FOLD = 10_000;
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
  ended: z.enum(["complete", "client-left", "cut", "upstream-failed", "refused"]),
});

/** Adds to the usage what the trail holds behind the last line that was folded: a process died before it could. */
export async function foldTrail(store: UsageStore, place: AuditPlace, lastSeq: number): Promise<void> {
  const from = store.foldedSeq;
  // A trail that was cut goes on with numbers that were folded once: they count again.
  if (from > lastSeq) store.fold([], lastSeq);
  if (from >= lastSeq) return;
  let sums = new UsageSums();
  let rows = 0;
  let seq = from;
  const fold = (): void => {
    store.fold(sums.values(), seq);
    sums = new UsageSums();
    rows = 0;
  };
  for (const name of await filesBehind(place, from)) {
    for await (const { bytes, isWhole } of trailLines(place, name)) {
      const start = bytes === null || !isWhole ? null : lineStart(bytes);
      if (bytes === null || start === null || start.seq <= seq) continue;
      seq = start.seq;
      const row = start.kind === "row" ? rowOf(bytes) : null;
      if (row === null) continue;
      const tallies: RecordTally[] = [];
      tallyRow(tallies, row);
      for (const tally of tallies) sums.addTally(tally);
      rows += 1;
      if (rows === ROWS_A_FOLD) fold();
    }
  }
  fold();
}

/** The files that hold lines behind `seq`: from the last that begins no later. */
async function filesBehind(place: AuditPlace, seq: number): Promise<readonly string[]> {
  const names = await auditFiles(place);
  for (let at = names.length - 1; at > 0; at -= 1) {
    const name = names[at];
    const start = name === undefined ? null : lineStart(await readStart(join(place.folder, name)));
    if (start !== null && start.seq <= seq + 1) return names.slice(at);
  }
  return names;
}

function rowOf(bytes: Buffer): RecordRow | null {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    return null;
  }
  const row = rowSchema.safeParse(value);
  return row.success ? row.data : null;
}
