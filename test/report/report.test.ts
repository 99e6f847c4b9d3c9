import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import type { Card } from "../../src/model/card.ts";
import type { Observation } from "../../src/model/observation.ts";
import type { Run } from "../../src/model/run.ts";
import { renderHtml } from "../../src/render/html.ts";
import { renderMarkdown } from "../../src/render/markdown.ts";
import { type CampaignTruth, countTruth } from "../../src/simulate/campaign-truth.ts";
import { sampleCampaign } from "../../src/simulate/sample-campaign.ts";
import { versionNumber } from "../../src/simulate/releases.ts";
import { foldFile } from "../../src/store/fold-file.io.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";
import { SMALLEST_CELL } from "../../src/study/distribution.ts";
import { METHOD_STATES } from "../../src/study/method.ts";
import { type Report, reportOfLake } from "../../src/study/report.ts";

type Line = Observation | Card | Run;

const PLAN = { hosts: 400, days: 6, from: "2026-06-10", targets: 1_024 };
const lines = [...sampleCampaign("report test", PLAN)];
const truth: CampaignTruth = countTruth(lines);
let folder = "";
let report: Report;
let full: Report;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-report-"));
  const lake = await lakeOf("sample", lines);
  report = await reportAt(lake, false);
  full = await reportAt(lake, true);
}, 120_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function lakeOf(name: string, records: readonly Line[]): Promise<string> {
  const file = join(folder, `${name}.jsonl`);
  const run = records.findLast((line): line is Run => line.kind === "run");
  if (run === undefined) throw new Error("no run among the lines");
  await writeFile(file, records.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const rejects: string[] = [];
  await foldFile(join(folder, name), file, { run, onReject: (one) => rejects.push(one.reason) });
  expect(rejects).toEqual([]);
  return join(folder, name);
}

async function reportAt(lake: string, isFull: boolean): Promise<Report> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS);
  try {
    return await reportOfLake(snapshot, { full: isFull, preface: null });
  } finally {
    await snapshot.close();
  }
}

function counts(from: Report, id: string): ReadonlyMap<unknown, unknown> {
  return new Map(
    (from.record.outputs[id]?.rows ?? []).map((row) => ("item" in row ? [row.item, row.counted] : [null, null])),
  );
}

const sorted = (map: ReadonlyMap<unknown, unknown>): readonly unknown[] =>
  [...map].map((entry) => JSON.stringify(entry)).toSorted();

describe("a full report's figures are those counted line by line", () => {
  test("scale", () => {
    expect(full.record.outputs["scale"]?.rows[0]).toMatchObject({
      observations: truth.observations,
      confirmed_observations: truth.confirmed,
      runs: truth.runs,
      services: truth.services,
      hosts: truth.hosts,
      days: truth.hostsByDay.size,
      countries: truth.hostsByCountry.size,
    });
    expect(full.record.outputs["coverage"]?.rows[0]).toMatchObject({ attempted: truth.attempted, gaps: 1 });
    const days = full.record.outputs["hosts_by_day"]?.rows.map((row) =>
      "day" in row ? [row["day"], row["counted"]] : [],
    );
    expect(days).toEqual([...truth.hostsByDay]);
  });

  test.each([
    ["models", (): ReadonlyMap<string, number> => truth.hostsByModel],
    ["lineages", (): ReadonlyMap<string, number> => truth.hostsByFamily],
    ["quantization_hosts", (): ReadonlyMap<string, number> => truth.hostsByQuantization],
    ["countries", (): ReadonlyMap<string, number> => truth.hostsByCountry],
    ["services_by_answer", (): ReadonlyMap<string, number> => truth.servicesByAnswer],
  ])("%s", (id, expected) => {
    expect(expected().size).toBeGreaterThan(4);
    expect(sorted(counts(full, id))).toEqual(sorted(new Map([...expected()].filter(([, count]) => count > 0))));
  });

  test("versions, of which 0.0.0 is unknown", () => {
    const known = new Map([...truth.hostsByVersion].filter(([version]) => version !== "0.0.0"));
    expect(sorted(counts(full, "versions"))).toEqual(sorted(known));
    const unknown = truth.hostsByVersion.get("0.0.0") ?? 0;
    expect(unknown).toBeGreaterThan(0);
    expect(full.record.outputs["versions"]?.rows[0]).toMatchObject({ of: truth.hosts, unknown });
  });

  test("inventory sizes, in the study's classes", () => {
    const between = (from: number, to: number): number =>
      [...truth.hostsByInventorySize].reduce((sum, [size, hosts]) => sum + (size >= from && size <= to ? hosts : 0), 0);
    expect(sorted(counts(full, "inventory_sizes"))).toEqual(
      sorted(
        new Map([
          ["a0", between(0, 0)],
          ["a1", between(1, 1)],
          ["a2", between(2, 3)],
          ["a4", between(4, 9)],
          ["b10", between(10, 19)],
          ["c20", between(20, 99)],
        ]),
      ),
    );
  });

  test("bits per weight, over instances and not over hosts", () => {
    const of = (...formats: readonly string[]): number =>
      formats.reduce((sum, format) => sum + (truth.instancesByQuantization.get(format) ?? 0), 0);
    expect(sorted(counts(full, "quantization_bits"))).toEqual(
      sorted(
        new Map([
          ["4", of("Q4_K_M", "Q4_0", "MXFP4")],
          ["5", of("Q5_K_M")],
          ["8", of("Q8_0")],
          ["16", of("F16")],
        ]),
      ),
    );
    expect(full.record.outputs["quantization_bits"]?.rows[0]).toMatchObject({ unknown: of("") });
  });

  test("tools: advertised, by list or by card", () => {
    expect(truth.hostsAdvertisingTools).toBeGreaterThan(50);
    expect(counts(full, "capabilities_of_able").get("tools")).toBe(truth.hostsAdvertisingTools);
    expect(counts(full, "capabilities").get("tools")).toBeGreaterThan(truth.hostsAdvertisingTools);
  });

  test("a CVE is indicated on the hosts whose version lies in its range, and unknown on those without one", () => {
    const open = [...truth.openHostsByVersion];
    const below = open.filter(([version]) => version !== "0.0.0" && versionNumber(version) < versionNumber("0.17.1"));
    const row = full.record.outputs["cves"]?.rows.find((one) => "cve" in one && one["cve"] === "CVE-2026-7482");
    expect(row).toMatchObject({
      hosts: below.reduce((sum, [, hosts]) => sum + hosts, 0),
      of_hosts: truth.hostsWithoutLogin,
      unknown_hosts: truth.openHostsByVersion.get("0.0.0"),
      fixed_in: "0.17.1",
    });
  });

  test("exposure and what is unknown of lineages", () => {
    expect(counts(full, "exposure").get("no_login")).toBe(truth.hostsWithoutLogin);
    expect(full.record.outputs["lineages"]?.rows[0]).toMatchObject({
      of: truth.hosts,
      unknown: truth.hostsWithoutFamily,
    });
    expect(truth.hostsWithoutFamily).toBeGreaterThan(0);
  });
});

describe("R14: what others may read", () => {
  test("no address of the lake, whole", () => {
    const texts = [renderHtml(report.document), renderMarkdown(report.document), JSON.stringify(report.record)];
    const addresses = new Set(lines.flatMap((line) => (line.kind === "run" ? [] : line.address)));
    expect(addresses.size).toBeGreaterThan(100);
    for (const text of texts) expect([...addresses].filter((address) => text.includes(address))).toEqual([]);
    const whole = renderHtml(full.document);
    expect([...addresses].filter((address) => whole.includes(address)).length).toBeGreaterThan(10);
    expect(report.record.outputs["exposed_services"]).toBeUndefined();
  });

  test("no count from 1 to 4 of hosts, services or instances, in any form", () => {
    const small = Object.entries(report.record.outputs).flatMap(([id, { rows, unit }]) =>
      unit === null || id === "hosts_by_day" ? [] : rows.filter((row) => "counted" in row && isSmall(row.counted)),
    );
    expect(small).toEqual([]);
    for (const id of ["networks", "cves", "checks"]) {
      const rows = report.record.outputs[id]?.rows ?? [];
      expect(rows.length).toBeGreaterThan(2);
      expect(rows.filter((row) => "hosts" in row && isSmall(row["hosts"]))).toEqual([]);
    }
    expect(report.record.outputs["networks"]?.held_back).toBeGreaterThan(0);
    const inFull = Object.values(full.record.outputs).flatMap(({ rows }) =>
      rows.filter((row) => "counted" in row && isSmall(row.counted)),
    );
    expect(inFull.length).toBeGreaterThan(0);
  });
});

const isSmall = (value: unknown): boolean => typeof value === "number" && value > 0 && value < SMALLEST_CELL;

describe("R18: the method stands in every report", () => {
  test.each(METHOD_STATES)("%s", (point) => {
    const words = new RegExp(`${point}: .{20}`, "iu");
    expect(renderHtml(report.document)).toMatch(words);
    expect(renderMarkdown(report.document)).toMatch(words);
    expect(report.record.method[point]).toMatch(/.{20}/u);
  });

  test("every output tells its definition, its source and its query", () => {
    for (const { definition, source, sql } of Object.values(report.record.outputs)) {
      expect(definition.length).toBeGreaterThan(40);
      expect(source.length).toBeGreaterThan(10);
      expect(sql).toMatch(/^(?:WITH|SELECT) /u);
    }
    expect(Object.keys(report.record.outputs).length).toBeGreaterThan(18);
  });
});

describe("synthetic data", () => {
  test("is named at the top, in every heading, caption and figure title, and with every output", () => {
    const html = renderHtml(report.document);
    const titles = [...html.matchAll(/<(h2|caption|figcaption)[^>]*>(?:<span>)?([^<]*)</gu)].map(
      (match) => match[2] ?? "",
    );
    expect(titles.length).toBeGreaterThan(40);
    expect(titles.filter((title) => !title.includes("synthetic data"))).toEqual([]);
    expect(html).toMatch(/<p class="label" role="note">Synthetic data: /u);
    expect(Object.values(report.record.outputs).filter((one) => one.label !== "synthetic data")).toEqual([]);
  });
});

test("the same data gives the same bytes, in whatever order it came", async () => {
  const again = await reportAt(await lakeOf("again", lines.toReversed()), false);
  expect(renderHtml(again.document)).toBe(renderHtml(report.document));
  expect(renderMarkdown(again.document)).toBe(renderMarkdown(report.document));
  expect(JSON.stringify(again.record)).toBe(JSON.stringify(report.record));
}, 60_000);

describe("what strangers write", () => {
  const HOSTILE = '<img src=x onerror=alert(1)>|`[x](http://198.51.100.9/)\u202e\u0007"';

  test("is shown harmlessly in every place", async () => {
    const host = lines.find(
      (line): line is Observation => line.kind === "observation" && (line.models?.length ?? 0) > 0,
    );
    const run = lines.find((line) => line.kind === "run");
    if (host === undefined || run === undefined) throw new Error("the sample has neither");
    const looks = Array.from({ length: 6 }, (_, index): Observation => {
      const models = host.models?.slice(0, 1).map((model) => ({ ...model, name: HOSTILE, details: null })) ?? [];
      return {
        ...host,
        address: `192.0.2.${index + 1}`,
        version: HOSTILE,
        organisation: HOSTILE,
        models,
      };
    });
    const lake = await lakeOf("hostile", [...looks, { ...run, scope_name: HOSTILE, source: HOSTILE }]);
    const { document } = await reportAt(lake, false);
    const html = renderHtml(document);
    const markdown = renderMarkdown(document);
    expect(html).toContain("&lt;img src=x");
    for (const harm of ["<img", "\u202e", "\u0007"]) expect(html).not.toContain(harm);
    for (const harm of ["\u202e", "\u0007"]) expect(markdown).not.toContain(harm);
    expect(markdown).toContain(
      '`<img src=x onerror=alert(1)>⟨U+007C⟩⟨U+0060⟩[x](http://198.51.100.9/)⟨U+202E⟩⟨U+0007⟩"`',
    );
  }, 60_000);
});

test("a lake in which nothing was found still makes a report", async () => {
  const run = lines.find((line) => line.kind === "run");
  const silent = lines.find((line): line is Observation => line.kind === "observation" && line.answer === "silent");
  if (run === undefined || silent === undefined) throw new Error("the sample has neither");
  const empty = await reportAt(await lakeOf("nothing", [silent, { ...run, synthetic: false }]), true);
  const html = renderHtml(empty.document);
  expect(html).toContain("Hosts per model name: nothing to show.");
  expect(html).toContain("Exposed hosts: no confirmed host was asked beyond loopback.");
  expect(html).not.toMatch(/NaN|Infinity|undefined|\[object/u);
  expect(empty.record.label).toBeNull();
}, 60_000);
