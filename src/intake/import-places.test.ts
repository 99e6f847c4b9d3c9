import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ImportFolder, importFolder, line } from "../../test/import/import-folder.ts";
import { JUDGEMENTS } from "../classify/judgements.ts";
import { openSnapshot } from "../store/snapshot.io.ts";

let folder: ImportFolder;
beforeEach(async () => {
  folder = await importFolder();
});
afterEach(() => folder.remove());

const TABLE = "192.0.2.0,192.0.2.255,64496,Example Telecom\n";
const DAY = /\d{4}-\d\d-\d\d/gu;

async function places(): Promise<unknown> {
  const snapshot = await openSnapshot(join(folder.path, "lake"), JUDGEMENTS);
  try {
    const rows = await snapshot.query("SELECT country, asn::INTEGER, organisation, place_source FROM observation");
    const runs = await snapshot.query("SELECT carries FROM run");
    const text = runs[0]?.["carries"];
    const carried: unknown = typeof text === "string" ? JSON.parse(text) : null;
    return {
      places: rows.map((row) => Object.values(row)),
      carriesAsn: Array.isArray(carried) ? carried.includes("asn") : carried,
    };
  } finally {
    await snapshot.close();
  }
}

test("a source that knows no places is placed by the table, and its run says that it can be", async () => {
  const zmap = await folder.file("open.csv", "saddr,sport\n192.0.2.7,11434\n");
  const table = await folder.file("networks.csv", TABLE);
  const ended = await folder.run(["zmap", zmap], { networks: [table], "seen-at": "2026-01-10T03:04:05Z" });
  expect([ended.exit, ended.errors]).toEqual([0, ""]);
  expect(ended.said).toMatch(/networks: networks\.csv, built \d{4}-\d\d-\d\d, \d days old/u);
  const found = JSON.stringify(await places()).replaceAll(DAY, "DAY");
  expect(JSON.parse(found)).toEqual({
    places: [[null, 64_496, "Example Telecom", "networks.csv DAY"]],
    carriesAsn: true,
  });
});

test("without tables nothing is placed, and documentation addresses are not by those that come with Corral", async () => {
  const zmap = await folder.file("open.csv", "saddr,sport\n192.0.2.7,11434\n");
  const ended = await folder.run(["zmap", zmap], { "seen-at": "2026-01-10T03:04:05Z" });
  expect(ended.said).not.toContain("networks:");
  expect(await places()).toEqual({ places: [[null, null, null, null]], carriesAsn: false });
  const off = await folder.run(["zmap", zmap], { "no-networks": true, "seen-at": "2026-01-11T03:04:05Z" });
  expect(off.exit).toBe(0);
});

test("Corral's own lines are left as they lie, from a file and from a pipe", async () => {
  const bare = { country: null, asn: null, organisation: null, place_source: null, address: "192.0.2.7" };
  const text = `${line(1, bare)}\n`;
  const table = await folder.file("networks.csv", TABLE);
  const own = await folder.file("own.jsonl", text);
  await folder.run(["jsonl", own], { networks: [table] });
  await folder.run(["jsonl", "-"], { networks: [table] }, `${line(1, { ...bare, address: "192.0.2.8" })}\n`);
  expect(await places()).toEqual({
    places: [
      [null, null, null, null],
      [null, null, null, null],
    ],
    carriesAsn: null,
  });
});
