import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import { renderHtml } from "../../src/render/html.ts";
import { sampleCampaign } from "../../src/simulate/sample-campaign.ts";
import { foldFile } from "../../src/store/fold-file.io.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";
import { STUDY_OUTPUTS } from "../../src/study/catalogue/study-outputs.ts";
import { BASES, baseFile } from "../../src/study/paper/base-tables.ts";
import { computePaper, METHOD_FILE } from "../../src/study/paper/compute-paper.ts";
import { paperDocument } from "../../src/study/paper/paper-document.ts";
import { loadSqlFiles } from "../../src/study/paper/sql-files.io.ts";
import { lakeRun } from "../support/lake-lines.ts";
import { hasChromium, seenIn } from "./browser.ts";

let folder = "";
let html = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-browser-"));
  const lines = [...sampleCampaign("browser", { hosts: 150, days: 60, from: "2026-06-10", targets: 256 })];
  const file = join(folder, "lines.jsonl");
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await foldFile(join(folder, "lake"), file, { run: lakeRun(0) });
  const lake = await openSnapshot(join(folder, "lake"), JUDGEMENTS);
  const names = [...BASES.map(baseFile), METHOD_FILE, ...STUDY_OUTPUTS.map((output) => output.file)];
  const files = await loadSqlFiles(names);
  const paper = await computePaper(lake, {
    outputs: STUDY_OUTPUTS,
    files,
    floor: 5,
    withMethod: true,
    withSums: false,
  });
  await lake.close();
  html = renderHtml(paperDocument(paper, null));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test.skipIf(!hasChromium)(
  "the report fits a phone and a desk: no sideways scrolling, letters that can be read, figures that speak",
  async () => {
    const seen = await seenIn(html, [390, 1280]);
    expect(seen.map(({ width, overflow, silent }) => ({ width, overflow, silent }))).toEqual([
      { width: 390, overflow: 0, silent: 0 },
      { width: 1280, overflow: 0, silent: 0 },
    ]);
    for (const { smallest, figures } of seen) {
      expect(smallest).toBeGreaterThanOrEqual(11);
      expect(figures).toBeGreaterThan(10);
    }
  },
  120_000,
);
