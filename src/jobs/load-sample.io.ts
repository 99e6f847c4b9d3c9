import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeFileAtomic } from "../machine/atomic-file.io.ts";
import type { Run } from "../model/run.ts";
import { sampleCampaign } from "../simulate/sample-campaign.ts";
import { foldFile } from "../store/fold-file.io.ts";

const SEED = "corral";

/**
 * Makes the bundled sample campaign (some 12 MB of lines, kept packed as `sample-campaign.jsonl.gz`) and folds it into a lake of its
 * own; a second time adds nothing.
 */
export async function loadSample(folder: string, lake: string): Promise<void> {
  const lines: string[] = [];
  let last: Run | null = null;
  for (const record of sampleCampaign(SEED)) {
    lines.push(JSON.stringify(record));
    if (record.kind === "run") last = record;
  }
  if (last === null) throw new Error("the sample campaign has no run");
  const path = join(folder, "sample-campaign.jsonl.gz");
  await writeFileAtomic(path, gzipSync(`${lines.join("\n")}\n`));
  // Every line names its run; the fold wants a run of its own, which must not add one to the campaign.
  await foldFile(lake, path, { run: last });
}
