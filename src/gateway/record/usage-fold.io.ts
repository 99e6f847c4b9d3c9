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

/**
 * Sums of what the trail holds behind the last line that the usage knows: a process died before it could store them.
 *
 * @param lastSeq - The trail's last line. A usage that knows later ones belongs to a trail that was cut: what is written from now on counts.
 */
export async function unfolded(store: UsageStore, place: AuditPlace, lastSeq: number): Promise<UsageSums> {
  const sums = new UsageSums();
  let seq = store.foldedSeq;
  if (seq >= lastSeq) return sums;
  for (const name of await filesBehind(place, seq)) {
    for await (const { bytes, isWhole } of trailLines(place, name)) {
      const start = bytes === null || !isWhole ? null : lineStart(bytes);
      if (bytes === null || start === null || start.seq <= seq) continue;
      seq = start.seq;
      const row = start.kind === "row" ? rowOf(bytes) : null;
      if (row === null) continue;
      const tallies: RecordTally[] = [];
      tallyRow(tallies, row);
      for (const tally of tallies) sums.addTally(tally);
    }
  }
  return sums;
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
