import type { CommandRow } from "./command-row.ts";
import { JSON_FLAG, LAKE } from "./shared-options.ts";
import { NETWORK_OVERRIDES } from "./network-options.ts";

/** `corral study`. */
export const STUDY: CommandRow = {
  name: "study",
  summary: "answer every figure and table of the published study from a lake",
  about: [
    "Figures F1 to F3, tables T1 to T14 and what the study asks for beside them: persistence, concentration, versions, monoculture.",
    "Each share with count, denominator and unknowns, with likely decoys and without; cells below 5 hosts are withheld; no address.",
    "docs/study.md defines every output; the same data give the same bytes. One table alone goes to stdout.",
  ],
  args: [],
  options: {
    lake: LAKE,
    out: { value: "DIR", describe: "folder for the report" },
    format: { value: "LIST", describe: "html,md,json,csv,png (default: html,md,json,csv; of one table: csv)" },
    table: { value: "ID", describe: "one output: T6, weekly …" },
    k: {
      value: "N",
      describe: "fewest hosts a shown cell holds (default 5; below 5 own, contract or synthetic lakes only)",
    },
    compare: {
      value: "WHAT",
      describe: "published, or another lake: set its figures beside, with differences in points",
    },
    "what-if": { value: "TERMS", describe: "whom a fault would hit: 'lineage=llama format=Q4_K_M version<0.12.0'" },
    from: { value: "DAY", describe: "only what was seen from this date on (UTC); slower than the whole" },
    until: { value: "DAY", describe: "only what was seen to the end of this date" },
    periods: { value: "SPANS", describe: "2025-03..2025-06,2025-07..2025-12 for output change (default: halves)" },
    "network-overrides": NETWORK_OVERRIDES,
    json: JSON_FLAG,
  },
  examples: [
    { line: "corral study --lake lake --out study", tells: "then open study/study.html" },
    { line: "corral study --lake lake --table T6 --format csv", tells: "lineage ranks on stdout" },
    {
      line: "corral study --lake lake --table what-if --what-if 'format=Q4_K_M version<0.17.1'",
      tells: "hosts, instances, networks and countries hit",
    },
    { line: "corral study --lake lake --out study --compare published", tells: "beside the study of January 2026" },
  ],
  load: async () => (await import("../study/paper/study-command.io.ts")).runStudy,
};
