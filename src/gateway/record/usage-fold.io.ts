import { join } from "node:path";
import { lineStart } from "./audit-line.ts";
import { auditFiles, readStart } from "./audit-place.io.ts";
import type { AuditPlace } from "./audit-place.io.ts";
import { trailLines } from "./read-trail.io.ts";
import { rowOfLine } from "./row-of-line.ts";
import { tallyRow } from "./record-tally.ts";
import type { RecordTally } from "./record-tally.ts";
import { UsageSums } from "./usage-sums.ts";
import type { UsageStore } from "./usage-store.io.ts";

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
      const row = start.kind === "row" ? rowOfLine(bytes.toString()) : null;
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
