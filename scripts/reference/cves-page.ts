import { rangeText } from "../../src/knowledge/checks/version-indicated.ts";
import { CVES, NOT_OLLAMA, REPORTED_CVES } from "../../src/knowledge/cves.ts";
import type { Cve, ReportedCve } from "../../src/knowledge/cves.ts";

/** The page of the CVE table: what is reported, what is kept and why it is not, and what belongs to others. */
export function cvesPage(): string {
  return [
    "# CVEs of Ollama",
    "",
    "Generated from `src/knowledge/cves.ts` by `node scripts/reference.ts`; how a version is judged: [judgements](../judgements.md).",
    "",
    "A version inside a range is *version-indicated*: it can be spoofed or be a proxy's. An unknown version leaves every row unknown.",
    "",
    "## Reported",
    "",
    "| CVE | what | versions | severity | CVSS | reach | note | source |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...REPORTED_CVES.map(reported),
    "",
    "## Kept, not reported by version",
    "",
    "| number | what | why not | status | CVSS | note | source |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...CVES.filter((row) => row.withheld !== null).map(kept),
    "",
    "## Not Ollama",
    "",
    "Lists give these numbers to Ollama; they belong to something else.",
    "",
    ...NOT_OLLAMA.map((row) => `- ${row.id}: ${row.about}`),
    "",
  ].join("\n");
}

function reported(row: ReportedCve): string {
  return cells([row.id, row.title, rangeText(row), row.severity, scores(row), row.reach, row.note, row.source]);
}

function kept(row: Cve): string {
  return cells([row.id, row.title, row.withheld ?? "", row.status, scores(row), row.note, row.source]);
}

/** `9.1 (CVSS 3.1, CNA), 8.8 (CVSS 4.0, CNA)` */
function scores(row: Cve): string {
  const version = (text: string): string => (text === "not stated" ? "" : `CVSS ${text}, `);
  const giver = (text: string): string => (text === "list" ? "list" : text.toUpperCase());
  return row.cvss.map((one) => `${one.score.toFixed(1)} (${version(one.version)}${giver(one.by)})`).join(", ");
}

function cells(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}
