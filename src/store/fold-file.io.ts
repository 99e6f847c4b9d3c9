import { stat } from "node:fs/promises";
import { headOf, packingOf } from "../machine/packed-bytes.io.ts";
import { Complaint } from "../model/complaint.ts";
import type { Run } from "../model/run.ts";
import type { FoldJob } from "./fold-lines.io.ts";
import { foldLines } from "./fold-lines.io.ts";
import type { FoldFileOptions, FoldReport } from "./fold-report.ts";
import { createLake } from "./lake.io.ts";
import { recoverLake } from "./recover.io.ts";
import { withPlace } from "./work-place.io.ts";

/**
 * Imports a file of Corral's JSONL (plain, gz or zst), or what was already turned into it: all of it in one transaction when every line
 * fits; else line by line, in pieces, and what does not fit goes to `rejects/<run>.jsonl`. The same file twice adds nothing.
 */
export async function foldFile(root: string, path: string, options: FoldFileOptions): Promise<FoldReport> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) throw new Complaint([{ place: options.label ?? path, message: "no such file" }]);
  const paths = await createLake(root);
  await recoverLake(paths, { threads: options.threads ?? 1 });
  const compression = options.compression ?? COMPRESSIONS[packingOf(await headOf(path))];
  const job = importJob(options.label ?? path, Promise.resolve(options.run));
  return withPlace(paths, options, (place) => foldLines(place, { path, compression }, job, options.onReject));
}

function importJob(label: string, own: Promise<Run>): FoldJob {
  const run = own.then((row) => row.run);
  const importRun = own.then((row) => JSON.stringify(row));
  // Awaited later, or never when the fold fails first.
  for (const one of [run, importRun]) one.catch(() => undefined);
  return { label, run, chunk: null, importRun };
}

const COMPRESSIONS = { plain: "uncompressed", gz: "gzip", zst: "zstd" } as const;
