import { expect, test } from "vitest";
import { CVES, NOT_OLLAMA, REPORTED_CVES } from "../knowledge/cves.ts";
import { parseVersion } from "./version.ts";
import { versionCves } from "./version-cves.ts";

const indicated = (version: string | null): readonly string[] =>
  versionCves(version)
    .filter((one) => one.state === "indicated")
    .map((one) => one.cve);

test.each(CVES.flatMap((row) => row.matches.map((version) => [version, row.id] as const)))(
  "%s indicates %s",
  (version, id) => {
    expect(indicated(version)).toContain(id);
  },
);

test.each(CVES.flatMap((row) => row.rejects.map((version) => [version, row.id] as const)))(
  "%s does not indicate %s",
  (version, id) => {
    expect(indicated(version)).not.toContain(id);
  },
);

test.each([
  ["0.33.0", []],
  ["0.20.3", []],
  ["0.20.2", ["CVE-2026-7020"]],
  ["0.17.0", ["CVE-2026-7020", "CVE-2026-7482"]],
  ["0.13.5", ["CVE-2025-51471", "CVE-2025-15514", "CVE-2026-7020", "CVE-2026-7482"]],
  ["0.12.10", ["CVE-2025-51471", "CVE-2025-66960", "CVE-2025-15514", "CVE-2026-7020", "CVE-2026-7482"]],
  ["0.5.1", ["CVE-2025-1975", "CVE-2025-51471", "CVE-2026-7020", "CVE-2026-7482"]],
])("%s indicates exactly %j", (version, ids) => {
  expect(versionCves(version).map((one) => one.cve)).toEqual(ids);
});

test.each([[null], [""], ["0.0.0"], ["0.5.1-dirty"], ["latest"]])("%j leaves every row unknown", (version) => {
  const rows = versionCves(version);
  expect(rows.length).toBe(20);
  expect(rows.every((one) => one.state === "unknown")).toBe(true);
});

test("the state keeps its row: 0.17.0 and CVE-2026-7482", () => {
  expect(versionCves("0.17.0").find((one) => one.cve === "CVE-2026-7482")).toEqual({
    cve: "CVE-2026-7482",
    state: "indicated",
    kind: "fixed-version",
    fixed_in: "0.17.1",
    severity: "critical",
    reach: "exposed API",
    title: "Bleeding Llama: a GGUF file is read out of bounds, and memory leaves through /api/push",
    source: "CVEProject/cvelistV5; ollama/ollama PR 14406, commit 9d902d63",
  });
});

test("missing authentication is never told by version", () => {
  expect(CVES.find((row) => row.id === "CVE-2025-63389")?.kind).toBe("not-versioned");
  expect(REPORTED_CVES.map((row) => row.id)).not.toContain("CVE-2025-63389");
});

test("only published rows with a range and a severity are reported", () => {
  const open = CVES.filter((row) => row.withheld === null);
  expect(REPORTED_CVES).toEqual(open);
  expect(open.filter((row) => row.status !== "published" || row.matches.length === 0)).toEqual([]);
  expect(CVES.filter((row) => row.withheld !== null && row.matches.length > 0)).toEqual([]);
});

test("every version in the table can be read", () => {
  const texts = CVES.flatMap((row) => [row.fixedIn, row.affected?.from, row.affected?.before, row.affected?.upTo]);
  expect(texts.filter((text) => typeof text === "string" && parseVersion(text) === null)).toEqual([]);
});

test("ids are unique and none belongs to another product", () => {
  const ids = [...CVES, ...NOT_OLLAMA].map((row) => row.id);
  expect(new Set(ids).size).toBe(ids.length);
});

/** Bands of CVSS: 9 critical, 7 high, 4 medium, below low. The score that counts is written out, row by row. */
test.each([
  ["CVE-2024-28224", 8.8, "high"],
  ["CVE-2024-37032", 8.8, "high"],
  ["CVE-2025-44779", 6.6, "medium"],
  ["CVE-2024-45436", 9.1, "critical"],
  ["CVE-2025-51471", 6.9, "medium"],
  ["CVE-2025-63389", 9.8, "critical"],
  ["CVE-2025-15514", 8.7, "high"],
  ["CVE-2026-7020", 3.7, "low"],
  ["CVE-2026-7482", 9.1, "critical"],
])("%s counts with %d as %s", (id, score, severity) => {
  const row = CVES.find((one) => one.id === id);
  expect(row?.cvss.map((one) => one.score)).toContain(score);
  expect(row?.severity).toBe(severity);
});
