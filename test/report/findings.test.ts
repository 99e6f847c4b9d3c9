import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import type { Observation } from "../../src/model/observation.ts";
import { serviceKey } from "../../src/model/service.ts";
import { sampleCampaign } from "../../src/simulate/sample-campaign.ts";
import { foldFile } from "../../src/store/fold-file.io.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";
import { type Report, reportOfLake } from "../../src/study/report.ts";
import { lakeRun } from "../support/lake-lines.ts";

const LINES = [...sampleCampaign("findings", { hosts: 200, days: 5, from: "2026-06-10", targets: 256 })];
let folder = "";
let report: Report;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-findings-"));
  const file = join(folder, "lines.jsonl");
  await writeFile(file, LINES.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await foldFile(join(folder, "lake"), file, { run: lakeRun(0) });
  const lake = await openSnapshot(join(folder, "lake"), JUDGEMENTS);
  report = await reportOfLake(lake, { full: true, preface: null });
  await lake.close();
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function counts(id: string): ReadonlyMap<unknown, unknown> {
  return new Map(
    (report.record.outputs[id]?.rows ?? []).map((row) => ("item" in row ? [row.item, row.counted] : [null, null])),
  );
}

describe("findings and decoys, counted line by line", () => {
  const looks = LINES.filter((line): line is Observation => line.kind === "observation");
  const last = new Map(looks.map((look) => [serviceKey(look), look]));
  const told = new Set(looks.flatMap((look) => (look.product === null ? [] : serviceKey(look))));
  const rowOf = (check: string): unknown =>
    report.record.outputs["checks"]?.rows.find((row) => "check_id" in row && row["check_id"] === check);

  test("no login: of every product, unknown where the last answer does not tell", () => {
    const hosts = new Map<string, readonly Observation[]>();
    for (const look of last.values()) hosts.set(look.address, [...(hosts.get(look.address) ?? []), look]);
    const isOpen = ({ answer, confirmed, product }: Observation): boolean =>
      answer === "open" && (confirmed || (product !== null && product !== "ollama"));
    const open = [...hosts.values()].filter((all) => all.some(isOpen));
    const unknown = [...hosts.values()].filter(
      (all) => !all.some(isOpen) && all.some(({ answer }) => answer !== "login"),
    );
    expect(unknown.length).toBeGreaterThan(5);
    expect(open.some((all) => all.some(({ product }) => product === "koboldcpp"))).toBe(true);
    expect(rowOf("no-login")).toMatchObject({
      severity: "critical",
      hosts: open.length,
      of_hosts: hosts.size,
      unknown_hosts: unknown.length,
    });
  });

  test("every check has a row; those on accounts are a question of what nobody knows, and fail for nobody here", () => {
    const ids = report.record.outputs["checks"]?.rows.map((row) => ("check_id" in row ? row["check_id"] : null));
    expect(ids?.toSorted()).toEqual([
      "auth-disabled",
      "cloud-models-open",
      "guard-off-prompt",
      "laundering-triple",
      "management-reachable",
      "no-admin",
      "no-login",
      "open-signup",
      "persistent-and-capable",
      "rag-exposed",
      "tools-without-login",
    ]);
    for (const id of ["auth-disabled", "no-admin", "open-signup"]) expect(rowOf(id)).toMatchObject({ hosts: 0 });
  });

  test("every service that was told is in one class, and no host without a login is left out", () => {
    const sum = (id: string): number => [...counts(id).values()].reduce((total: number, one) => total + Number(one), 0);
    expect(report.record.outputs["decoys"]?.rows[0]).toMatchObject({ of: told.size });
    expect(sum("decoys")).toBe(told.size);
    expect(rowOf("no-login")).toMatchObject({ hosts: sum("exposed_by_decoy_class") });
    expect(counts("decoys").get("likely-decoy")).toBe(0);
  });
});
