import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeFileAtomic } from "../machine/atomic-file.io.ts";
import { campaignText } from "../simulate/campaign.ts";
import { SAMPLE_MODEL } from "../simulate/model-sample.ts";
import { foldFile } from "../store/fold-file.io.ts";

/**
 * Makes the campaign of the model `sample` (some 13 MB of lines, kept packed as `sample-campaign.jsonl.gz`) and folds it into a lake of its
 * own; a second time adds nothing. `corral simulate --model sample` writes the same lines, and the truth beside them.
 */
export async function loadSample(folder: string, lake: string): Promise<void> {
  const texts = campaignText(SAMPLE_MODEL);
  const lines: string[] = [];
  let next = texts.next();
  for (; next.done !== true; next = texts.next()) lines.push(next.value);
  const path = join(folder, "sample-campaign.jsonl.gz");
  await writeFileAtomic(path, gzipSync(lines.join("")));
  // Every line names its run; the fold wants a run of its own, which must not add one to the campaign.
  await foldFile(lake, path, { run: next.value.lastRun });
}
