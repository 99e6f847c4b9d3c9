import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import { openSnapshot } from "../store/snapshot.io.ts";
import { openRunWriter } from "../store/writer.io.ts";
import { judgementsOf } from "./network-judgements.io.ts";
import { NETWORK_TIERS_BY_HOSTS, NETWORK_TYPES_BY_HOSTS } from "./output/network-types.ts";
import { PLACE_SOURCES } from "./output/place-sources.ts";

let folder = "";
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "corral-shares-"));
  const writer = await openRunWriter(join(folder, "lake"), lakeRun(1));
  const places = [
    { asn: 16_509, organisation: "Amazon.com, Inc.", place_source: "record" },
    { asn: 64_496, organisation: "Example Telecom", place_source: "networks.csv 2026-10-01" },
    { asn: 64_496, organisation: "Example Telecom", place_source: "networks.csv 2026-10-01" },
    { asn: 64_497, organisation: "Example", labels: ["hosting", "vpn"], place_source: "record" },
    { asn: 64_498, organisation: "Example", labels: null, place_source: "record" },
    { asn: null, organisation: null, labels: null, place_source: null },
  ];
  for (const [n, place] of places.entries()) {
    writer.observation(lakeObservation(1, n, { labels: null, ...place, confirmed: true, address: `192.0.2.${n}` }));
  }
  // the same host seen again, by someone who knows no network: what was known stays
  writer.observation(
    lakeObservation(1, 90, { asn: null, organisation: null, labels: null, confirmed: true, address: "192.0.2.0" }),
  );
  await writer.close();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function counted(sql: string, options: object = {}): Promise<unknown> {
  const lake = await openSnapshot(join(folder, "lake"), await judgementsOf({ ...options }, folder), { threads: 1 });
  try {
    return (await lake.query(sql)).map((row) => Object.values(row));
  } finally {
    await lake.close();
  }
}

test("T3: shares of types and tiers, with the hosts of which nothing tells among all hosts", async () => {
  expect(await counted(NETWORK_TYPES_BY_HOSTS.sql)).toEqual([
    ["fixed-access", 2, 6, 2],
    ["cloud", 1, 6, 2],
    ["hosting", 1, 6, 2],
  ]);
  expect(await counted(NETWORK_TIERS_BY_HOSTS.sql)).toEqual([
    ["telecom-residential", 2, 6, 2],
    ["hyperscaler", 1, 6, 2],
    ["indie-cloud", 1, 6, 2],
  ]);
});

test("the user's own rows win, and may take a verdict back", async () => {
  writeFileSync(join(folder, "own.csv"), "AS16509,,\nexample telecom,mobile,telecom-residential\n");
  expect(await counted(NETWORK_TYPES_BY_HOSTS.sql, { "network-overrides": "own.csv" })).toEqual([
    ["mobile", 2, 6, 3],
    ["hosting", 1, 6, 3],
  ]);
  const rules = "SELECT network_rule FROM network WHERE address IN ('192.0.2.0', '192.0.2.1') ORDER BY address";
  expect(await counted(rules, { "network-overrides": "own.csv" })).toEqual([
    ["override:AS16509"],
    ["override:organisation"],
  ]);
});

test("a file of overrides that does not fit is refused with its lines", async () => {
  writeFileSync(join(folder, "own.csv"), "AS64496,hoster,other\n");
  await expect(counted("SELECT 1", { "network-overrides": "own.csv" })).rejects.toThrow(
    /own\.csv:1: needs who,type,tier/u,
  );
  await expect(counted("SELECT 1", { "network-overrides": "none.csv" })).rejects.toThrow(
    "none.csv: cannot be read: no such file",
  );
});

test("each source of places is told with its hosts", async () => {
  expect(await counted(PLACE_SOURCES.sql)).toEqual([
    ["record", 3, expect.any(String), expect.any(String)],
    ["networks.csv 2026-10-01", 2, expect.any(String), expect.any(String)],
  ]);
});
