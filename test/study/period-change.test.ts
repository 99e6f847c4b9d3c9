import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StudyLake, studyLake } from "./study-lake.ts";
import { loaded, look, looks, model } from "./study-lines.ts";

const MARCH = "2026-03-30T10:00";
const APRIL = "2026-04-06T10:00";
/** The first version whose lists tell capabilities. */
const TELLS = { version: "0.30.1" };

const AGENT = { ...TELLS, models: [model("agent:7b", { family: "llama", capabilities: ["completion", "tools"] })] };
const CHAT = { ...TELLS, models: [model("chat:7b", { family: "llama", capabilities: ["completion"] })] };
const QWEN = { ...TELLS, models: [model("qwen:7b", { family: "qwen2", capabilities: ["completion", "tools"] })] };

/** Seven hosts of March, six of April; 198.51.100.9 is a likely decoy. February is in neither period. */
const CAMPAIGN = [
  look("192.0.2.1", MARCH, { ...AGENT, asn: 64496, labels: ["hosting"], running: [] }),
  look("192.0.2.1", APRIL, { ...AGENT, asn: 64496, labels: ["hosting"], running: [loaded("agent:7b")] }),
  ...looks("192.0.2.2", ["2026-02-10T10:00", MARCH, APRIL], CHAT),
  look("192.0.2.2", "2026-04-07T10:00", QWEN),
  look("192.0.2.3", MARCH, AGENT),
  look("192.0.2.3", APRIL, CHAT),
  look("192.0.2.4", MARCH, AGENT),
  look("2001:db8::5", APRIL, AGENT),
  look("192.0.2.6", APRIL, TELLS),
  look("192.0.2.7", MARCH, CHAT),
  look("192.0.2.8", MARCH, { version: "0.5.0", models: [model("custom:latest")] }),
  look("198.51.100.9", APRIL, { ...AGENT, signs: ["control-same-body"] }),
  look("192.0.2.10", "2026-02-10T10:00", AGENT),
];

let lake: StudyLake;
beforeAll(async () => {
  lake = await studyLake(CAMPAIGN);
  await lake.ask(
    `CREATE OR REPLACE TEMP TABLE study_period AS SELECT 'before' AS period, DATE '2026-03-01' AS first_month, DATE '2026-03-01' AS last_month
     UNION ALL SELECT 'after', DATE '2026-04-01', DATE '2026-04-01'`,
  );
});
afterAll(() => lake.close());

async function counted(
  population: "all" | "without-decoys",
  tier: string,
): Promise<ReadonlyMap<unknown, readonly unknown[]>> {
  const rows = (await lake.values("period-change", population)).filter(([own]) => own === tier);
  return new Map(rows.map(([, trait, ...numbers]) => [trait, numbers]));
}

describe("before: hosts, of, unknown; after: the same; gained, lost; joined with, of; left with, of", () => {
  test("hosts without the decoy, counted by hand", async () => {
    expect([...(await counted("without-decoys", "all"))]).toEqual([
      ["tools", [3, 6, 1, 3, 5, 1, 1, 1, 1, 2, 1, 3]],
      ["vision", [0, 6, 1, 0, 5, 1, 0, 0, 0, 2, 0, 3]],
      ["thinking", [0, 6, 1, 0, 5, 1, 0, 0, 0, 2, 0, 3]],
      ["embedding", [0, 6, 1, 0, 5, 1, 0, 0, 0, 2, 0, 3]],
      ["running", [0, 6, 5, 1, 5, 4, 1, 0, 0, 2, 0, 3]],
      ["cve", [1, 6, 0, 0, 5, 0, 0, 0, 0, 2, 1, 3]],
      ["backbone", [0, 6, 0, 0, 5, 0, 0, 0, 0, 2, 0, 3]],
      ["lineage:llama", [5, 6, 1, 3, 5, 1, 0, 1, 1, 2, 2, 3]],
      ["lineage:qwen2", [0, 6, 1, 1, 5, 1, 1, 0, 0, 2, 0, 3]],
    ]);
  });

  test("with the decoy, which joined", async () => {
    const all = await counted("all", "all");
    expect(all.get("tools")).toEqual([3, 6, 1, 4, 6, 1, 1, 1, 2, 3, 1, 3]);
    expect(all.get("lineage:llama")).toEqual([5, 6, 1, 4, 6, 1, 0, 1, 2, 3, 2, 3]);
  });

  test("one tier holds its hosts alone; the tiers make up the whole", async () => {
    const cloud = await counted("without-decoys", "indie-cloud");
    expect(cloud.get("tools")).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(cloud.get("running")).toEqual([0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0]);
    const unknown = await counted("without-decoys", "unknown");
    expect(unknown.get("tools")).toEqual([2, 5, 1, 2, 4, 1, 1, 1, 1, 2, 1, 3]);
    expect((await counted("without-decoys", "academic")).get("tools")).toEqual(Array.from({ length: 12 }, () => 0));
  });
});
