import type { Severity } from "../model/finding.ts";
import type { Examples } from "./examples.ts";

/** One score and who gave it; secondary lists disagree with each other, so the giver matters. */
export interface CvssScore {
  readonly score: number;
  readonly version: "3.1" | "4.0" | "not stated";
  /** `cna`: who issued the record; `adp`: CISA; `list`: secondary lists; `osv`: the OSV record. */
  readonly by: "cna" | "adp" | "list" | "osv";
}

/** Versions from `from` (incl.) up to `before` (excl.) or `upTo` (incl.); a bound that is `null` is not stated. */
export interface VersionRange {
  readonly from: string | null;
  readonly before: string | null;
  readonly upTo: string | null;
}

export type CveSeverity = Exclude<Severity, "info">;

/** A published weakness of Ollama, or one said to be: `report` tells whether a version may indicate it. */
export interface Cve {
  readonly id: string;
  readonly title: string;
  /** `not-versioned`: told by behaviour, never by version. */
  readonly kind: "fixed-version" | "range-only" | "not-versioned";
  /** What the record says is affected; `null` when no record states a range to rely on. */
  readonly affected: VersionRange | null;
  readonly fixedIn: string | null;
  readonly cvss: readonly CvssScore[];
  /** From the score of the record's own maker (CNA), else CISA's, else the highest of the lists; version 3.1 before 4.0. */
  readonly severity: CveSeverity | null;
  /** Whether an exposed API without a login is enough to use it. */
  readonly reach: "exposed API" | "exposed API, hard" | "not through the exposed API" | "unverified";
  readonly status: "published" | "press only" | "unverified";
  /** `null` = reported; else why it is kept and not reported. */
  readonly withheld: string | null;
  /** What other lists say and this table does not follow; how the range was read. */
  readonly note: string;
  readonly source: string;
  /** Versions it indicates: none for a row that is withheld. */
  readonly matches: readonly string[];
  /** Look-alikes that do not indicate it. */
  readonly rejects: Examples;
}

/** A row that a version may indicate: published, with a range to rely on. */
export type ReportedCve = Cve & {
  readonly kind: "fixed-version" | "range-only";
  readonly affected: VersionRange;
  readonly severity: CveSeverity;
  readonly withheld: null;
};

const RECORD = "CVEProject/cvelistV5";
const GO = "golang/vulndb@a752ea54";
const GIT = "ollama/ollama git history";

const before = (version: string): VersionRange => ({ from: null, before: version, upTo: null });
const upTo = (version: string): VersionRange => ({ from: null, before: null, upTo: version });
const between = (from: string, last: string): VersionRange => ({ from, before: null, upTo: last });

const by = (giver: CvssScore["by"], ...scores: readonly number[]): readonly CvssScore[] =>
  scores.map((score) => ({ score, version: "not stated", by: giver }));

const REACHED = { reach: "exposed API", status: "published", withheld: null } as const;

/** Every weakness of Ollama that is listed somewhere, read 2026-08-21. Where lists disagree the record and the git history count. */
export const CVES: readonly Cve[] = [
  {
    ...REACHED,
    id: "CVE-2024-28224",
    title: "DNS rebinding reaches a server bound to loopback",
    kind: "fixed-version",
    affected: before("0.1.29"),
    fixedIn: "0.1.29",
    cvss: by("list", 8.8, 6.6),
    severity: "high",
    reach: "not through the exposed API",
    note: "Needs a browser on the same machine; a public bind needs no rebinding.",
    source: `${RECORD}; ${GIT} fc8c0445`,
    matches: ["0.1.28", "0.1.29-rc0", "0.0.6"],
    rejects: ["0.1.29", "0.2.0"],
  },
  {
    ...REACHED,
    id: "CVE-2024-37032",
    title: "Probllama: a digest in /api/pull leaves its folder; file write, code execution",
    kind: "fixed-version",
    affected: before("0.1.34"),
    fixedIn: "0.1.34",
    cvss: by("list", 8.8, 6.3),
    severity: "high",
    note: "",
    source: `${RECORD}; ollama/ollama PR 4175`,
    matches: ["0.1.33", "0.1.34-rc1"],
    rejects: ["0.1.34", "0.3.4"],
  },
  {
    ...REACHED,
    id: "CVE-2025-44779",
    title: "/api/pull deletes arbitrary files",
    kind: "fixed-version",
    affected: between("0.1.33", "0.1.33"),
    fixedIn: "0.1.34",
    cvss: by("adp", 6.6),
    severity: "medium",
    note: "The record names 0.1.33 alone; another list says every version before 0.1.34.",
    source: `${RECORD}; ${GO} GO-2025-3851`,
    matches: ["0.1.33"],
    rejects: ["0.1.32", "0.1.34", "0.1.34-rc0"],
  },
  {
    ...REACHED,
    id: "CVE-2024-39721",
    title: "/api/create reads an endless device: denial of service",
    kind: "fixed-version",
    affected: before("0.1.34"),
    fixedIn: "0.1.34",
    cvss: by("list", 7.5),
    severity: "high",
    note: "",
    source: RECORD,
    matches: ["0.1.33"],
    rejects: ["0.1.34"],
  },
  {
    ...REACHED,
    id: "CVE-2024-39720",
    title: "A GGUF file of four bytes crashes the server",
    kind: "fixed-version",
    affected: before("0.1.46"),
    fixedIn: "0.1.46",
    cvss: by("list", 8.2, 7.5),
    severity: "high",
    note: "",
    source: `${RECORD}; ${GO} GO-2024-3245`,
    matches: ["0.1.45", "0.1.46-rc0"],
    rejects: ["0.1.46", "0.14.5"],
  },
  {
    ...REACHED,
    id: "CVE-2024-39722",
    title: "/api/push tells which files exist",
    kind: "fixed-version",
    affected: before("0.1.46"),
    fixedIn: "0.1.46",
    cvss: by("list", 7.5),
    severity: "high",
    note: "",
    source: RECORD,
    matches: ["0.1.45"],
    rejects: ["0.1.46"],
  },
  {
    ...REACHED,
    id: "CVE-2024-45436",
    title: "A ZIP archive leaves its folder in model creation",
    kind: "fixed-version",
    affected: before("0.1.47"),
    fixedIn: "0.1.47",
    cvss: [...by("adp", 9.1), ...by("list", 7.5)],
    severity: "critical",
    note: "",
    source: `${RECORD}; ${GIT} 123a722a`,
    matches: ["0.1.46", "0.1.47-rc2"],
    rejects: ["0.1.47", "0.1.48"],
  },
  {
    id: "CVE-2024-7773",
    title: "Said to be a rejected duplicate of CVE-2024-45436",
    kind: "range-only",
    affected: null,
    fixedIn: null,
    cvss: [],
    severity: null,
    reach: "unverified",
    status: "unverified",
    withheld: "no record to rely on; its duplicate is reported",
    note: "Another list says every version before 0.1.38.",
    source: "Tencent/AI-Infra-Guard@4908db1 data/vuln_en/ollama",
    matches: [],
    rejects: ["0.1.37"],
  },
  {
    ...REACHED,
    id: "CVE-2024-39719",
    title: "/api/create tells which files exist",
    kind: "range-only",
    affected: upTo("0.3.14"),
    fixedIn: null,
    cvss: by("list", 7.5),
    severity: "high",
    note: "Another list says fixed in 0.3.15.",
    source: RECORD,
    matches: ["0.3.14", "0.1.0"],
    rejects: ["0.4.0", "0.4.0-rc1", "0.31.4"],
  },
  {
    ...REACHED,
    id: "CVE-2024-8063",
    title: "block_count of a GGUF file divides by zero",
    kind: "range-only",
    affected: upTo("0.3.3"),
    fixedIn: null,
    cvss: by("list", 7.5),
    severity: "high",
    note: "Another list says 0.3.3 alone.",
    source: `${GO} GO-2025-3689`,
    matches: ["0.3.3", "0.2.8"],
    rejects: ["0.3.4", "0.3.4-rc0"],
  },
  {
    ...REACHED,
    id: "CVE-2024-12055",
    title: "A GGUF file is read out of bounds: denial of service",
    kind: "range-only",
    affected: upTo("0.3.14"),
    fixedIn: null,
    cvss: by("list", 7.5),
    severity: "high",
    note: "",
    source: `${GO} GO-2025-3558`,
    matches: ["0.3.14"],
    rejects: ["0.4.0"],
  },
  {
    ...REACHED,
    id: "CVE-2024-12886",
    title: "A registry's compressed bomb exhausts memory on pull",
    kind: "range-only",
    affected: upTo("0.3.14"),
    fixedIn: null,
    cvss: by("cna", 7.5),
    severity: "high",
    note: "The record says up to latest and names 0.3.14. The Go database gives 0.4.0-ci1 as fixed, an odd value not followed here.",
    source: `${RECORD}; ${GO} GO-2025-3548`,
    matches: ["0.3.14"],
    rejects: ["0.4.0", "0.5.0"],
  },
  ...(
    [
      ["CVE-2025-0312", "A GGUF file dereferences a null pointer", "cna", "GO-2025-3582"],
      ["CVE-2025-0315", "A GGUF file makes the server allocate without bound", "cna", "GO-2025-3557"],
      ["CVE-2025-0317", "A GGUF file divides by zero", "list", "GO-2025-3559"],
    ] as const
  ).map(([id, title, giver, entry]): Cve => ({
    ...REACHED,
    id,
    title: `${title} in model creation`,
    kind: "range-only",
    affected: upTo("0.3.14"),
    fixedIn: null,
    cvss: by(giver, 7.5),
    severity: "high",
    note: "The record says up to latest and names 0.3.14.",
    source: `${RECORD}; ${GO} ${entry}`,
    matches: ["0.3.14", "0.1.20"],
    rejects: ["0.4.0", "0.3.15-rc1"],
  })),
  {
    ...REACHED,
    id: "CVE-2025-1975",
    title: "A manifest's index crashes /api/pull",
    kind: "range-only",
    affected: upTo("0.5.11"),
    fixedIn: null,
    cvss: by("cna", 7.5),
    severity: "high",
    note: "The record says up to latest and names 0.5.11; another list says fixed in 0.5.12.",
    source: RECORD,
    matches: ["0.5.11", "0.5.1"],
    rejects: ["0.5.12", "0.5.12-rc0"],
  },
  {
    ...REACHED,
    id: "CVE-2025-51471",
    title: "/api/pull hands the host's token to the realm a registry names",
    kind: "fixed-version",
    affected: before("0.14.3"),
    fixedIn: "0.14.3",
    cvss: by("list", 6.9, 6.1),
    severity: "medium",
    note: "The record names 0.6.7. Lists that say fixed in 0.6.8 or 0.9.7 are wrong: the fix came on 2026-01-16.",
    source: `${RECORD}; ${GIT} 7601f0e9`,
    matches: ["0.6.7", "0.6.8", "0.9.7", "0.14.2"],
    rejects: ["0.14.3", "0.15.0"],
  },
  {
    id: "CVE-2025-63389",
    title: "No management route asks for a login",
    kind: "not-versioned",
    affected: null,
    fixedIn: null,
    cvss: by("adp", 9.8),
    severity: "critical",
    reach: "exposed API",
    status: "published",
    withheld: "the check no-login tells it from behaviour, at any version",
    note: "The record says up to 0.12.3, other lists 0.12.4 or 0.13.5 as fixed; no release up to 0.33.0-rc2 has a login.",
    source: `${RECORD}; ollama/ollama@fb307608 server/routes.go`,
    matches: [],
    rejects: ["0.12.3", "0.13.5"],
  },
  {
    ...REACHED,
    id: "CVE-2025-66960",
    title: "Length fields of a GGUF file make the server panic",
    kind: "range-only",
    affected: between("0.12.10", "0.12.10"),
    fixedIn: null,
    cvss: by("list", 7.5),
    severity: "high",
    note: "The record names 0.12.10 alone. The same code stands in 0.20.0; limits on lengths arrive in 0.31.2 (commit 67b6a1c2).",
    source: RECORD,
    matches: ["0.12.10"],
    rejects: ["0.12.9", "0.12.11", "0.12.1"],
  },
  {
    id: "CVE-2025-66959",
    title: "Length fields of a GGUF file make the server panic",
    kind: "range-only",
    affected: between("0.12.10", "0.12.10"),
    fixedIn: null,
    cvss: by("list", 7.5),
    severity: null,
    reach: "unverified",
    status: "press only",
    withheld: "the record was not seen",
    note: "A sister of CVE-2025-66960.",
    source: "secondary lists",
    matches: [],
    rejects: ["0.12.10"],
  },
  {
    ...REACHED,
    id: "CVE-2025-15514",
    title: "A malformed image in /api/chat crashes the runner",
    kind: "range-only",
    affected: between("0.11.5-rc0", "0.13.5"),
    fixedIn: null,
    cvss: [{ score: 8.7, version: "4.0", by: "cna" }],
    severity: "high",
    note: "The unchecked call still stands in 0.24.0 and is gone in 0.30.0; whether it can be used in between is unverified.",
    source: RECORD,
    matches: ["0.11.5-rc0", "0.11.5", "0.13.5"],
    rejects: ["0.11.4", "0.14.0", "0.13.6"],
  },
  {
    id: "CVE-2026-5530",
    title: "/api/pull asks addresses inside the host's network",
    kind: "range-only",
    affected: null,
    fixedIn: null,
    cvss: [
      { score: 6.3, version: "3.1", by: "cna" },
      { score: 5.3, version: "4.0", by: "cna" },
    ],
    severity: "medium",
    reach: "exposed API",
    status: "published",
    withheld: "the record's range, up to 18.1, is no Ollama version",
    note: "Probably 0.18.1, unverified; another list says 0.1.18.1.",
    source: RECORD,
    matches: [],
    rejects: ["0.18.1", "0.1.18"],
  },
  {
    ...REACHED,
    id: "CVE-2026-7020",
    title: "A digest leaves its folder in tensor transfer",
    kind: "range-only",
    affected: upTo("0.20.2"),
    fixedIn: null,
    cvss: [
      { score: 3.7, version: "3.1", by: "cna" },
      { score: 6.3, version: "4.0", by: "cna" },
    ],
    severity: "low",
    reach: "exposed API, hard",
    note: "",
    source: RECORD,
    matches: ["0.20.2", "0.17.1"],
    rejects: ["0.20.3", "0.20.3-rc0", "0.30.0"],
  },
  {
    ...REACHED,
    id: "CVE-2026-7482",
    title: "Bleeding Llama: a GGUF file is read out of bounds, and memory leaves through /api/push",
    kind: "fixed-version",
    affected: before("0.17.1"),
    fixedIn: "0.17.1",
    cvss: [
      { score: 9.1, version: "3.1", by: "cna" },
      { score: 8.8, version: "4.0", by: "cna" },
    ],
    severity: "critical",
    note: "",
    source: `${RECORD}; ollama/ollama PR 14406, commit 9d902d63`,
    matches: ["0.17.0", "0.17.1-rc0", "0.5.1"],
    rejects: ["0.17.1", "0.30.0", "1.0.0"],
  },
  {
    id: "CVE-2026-5757",
    title: "Memory leak through GGUF files, said to be open",
    kind: "range-only",
    affected: null,
    fixedIn: null,
    cvss: by("list", 9.8, 5.3),
    severity: null,
    reach: "unverified",
    status: "press only",
    withheld: "the record was not seen",
    note: "Another list says up to 0.13.5.",
    source: "secondary lists",
    matches: [],
    rejects: ["0.13.5"],
  },
  {
    id: "CVE-2026-42248",
    title: "The Windows app's updater checks no signature",
    kind: "range-only",
    affected: between("0.12.10", "0.17.5"),
    fixedIn: null,
    cvss: [{ score: 9, version: "4.0", by: "osv" }],
    severity: "critical",
    reach: "not through the exposed API",
    status: "published",
    withheld: "concerns the Windows app only, and no answer tells the system",
    note: "0.12.10 to 0.17.5 were tested; update flows are hardened in 0.23.3 (commit 3d5a011a), the link is inferred.",
    source: "OSV record; cert.pl",
    matches: [],
    rejects: ["0.12.10", "0.17.5"],
  },
  {
    id: "CVE-2026-42249",
    title: "The Windows app's updater leaves its folder",
    kind: "range-only",
    affected: null,
    fixedIn: null,
    cvss: [],
    severity: null,
    reach: "not through the exposed API",
    status: "press only",
    withheld: "the record was not seen",
    note: "",
    source: "secondary lists",
    matches: [],
    rejects: ["0.17.5"],
  },
  {
    id: "no-cve-mllama-write",
    title: "Metadata of a vision model (mllama) writes out of bounds",
    kind: "fixed-version",
    affected: before("0.7.0"),
    fixedIn: "0.7.0",
    cvss: [],
    severity: null,
    reach: "unverified",
    status: "press only",
    withheld: "no CVE; told by the press only",
    note: "Found by Sonar.",
    source: "secondary lists",
    matches: [],
    rejects: ["0.6.9"],
  },
  ...(
    [
      ["CVE-2025-0313", "Another list says up to 0.3.14.", "0.3.14"],
      ["CVE-2026-15685", "Another list says 0.7.1.", "0.7.1"],
      ["CVE-2026-65315", "Another list says before 0.31.2.", "0.31.1"],
    ] as const
  ).map(([id, note, reject]): Cve => ({
    id,
    title: "Seen in one rule set only",
    kind: "range-only",
    affected: null,
    fixedIn: null,
    cvss: [],
    severity: null,
    reach: "unverified",
    status: "unverified",
    withheld: "the record was not seen",
    note,
    source: "Tencent/AI-Infra-Guard@4908db1 data/vuln_en/ollama",
    matches: [],
    rejects: [reject],
  })),
];

/** The rows that a version may indicate, in the order of the table. */
export const REPORTED_CVES: readonly ReportedCve[] = CVES.filter(isReported);

function isReported(row: Cve): row is ReportedCve {
  return row.withheld === null && row.kind !== "not-versioned" && row.affected !== null && row.severity !== null;
}

/** Numbers that lists give to Ollama and that belong to something else. */
export const NOT_OLLAMA: readonly { readonly id: string; readonly about: string }[] = [
  { id: "CVE-2025-15063", about: "a third party's Ollama MCP server" },
  { id: "CVE-2026-25253", about: "OpenClaw" },
  { id: "CVE-2025-48889", about: "believed to be Gradio, unverified" },
  { id: "CVE-2024-9840", about: "Open WebUI" },
  { id: "CVE-2026-43625", about: "another application" },
];
