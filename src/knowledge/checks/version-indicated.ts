import { REPORTED_CVES } from "../cves.ts";
import type { ReportedCve } from "../cves.ts";
import { RECHECK } from "./check.ts";
import type { Check, Remediation } from "./check.ts";

const CLOSE: Remediation = {
  measure: "bind",
  effort: "minutes",
  text: "Until then let nobody but this machine reach it: OLLAMA_HOST=127.0.0.1:11434, or the measures of no-login.",
};

/** One check for every published weakness with a range to rely on; its id is `cve-2026-7482`. */
export const VERSION_INDICATED: readonly Check[] = REPORTED_CVES.map(check);

function check(row: ReportedCve): Check {
  return {
    id: row.id.toLowerCase(),
    title: `Version-indicated: ${row.title}`,
    severity: row.severity,
    source: row.source,
    clause: row.note === "" ? "affected versions of the record" : row.note,
    since: "0.1.0",
    lifecycle: "stable",
    evidence: {
      fail: `{service} says it is version {version}; ${rangeText(row)}. A version can be spoofed or be a proxy's.`,
      pass: `{service} says it is version {version}; ${rangeText(row)}.`,
      unknown: `{service} is not known to be an Ollama of a version that can be compared; ${rangeText(row)}.`,
    },
    fixedIn: row.fixedIn,
    recheck: RECHECK,
    remediation: [upgrade(row), CLOSE],
    ids: { cve: [row.id], attack: row.reach === "exposed API" ? ["T1190"] : [], atlas: [], owaspLlm: [] },
  };
}

/** Which versions a row indicates, in words: `affected before 0.17.1, fixed in 0.17.1`. */
export function rangeText(row: ReportedCve): string {
  const range = row.affected;
  const last = range.upTo;
  const fixed = row.fixedIn === null ? "no fixed version stated" : `fixed in ${row.fixedIn}`;
  if (range.from !== null) return `affected ${range.from === last ? range.from : `${range.from} to ${last}`}, ${fixed}`;
  return `affected ${range.before === null ? `up to ${last}` : `before ${range.before}`}, ${fixed}`;
}

function upgrade(row: ReportedCve): Remediation {
  const text =
    row.fixedIn === null
      ? "No fixed version is stated: install the newest release and look at the source named here."
      : `Install ${row.fixedIn} or newer.`;
  return { measure: "upgrade", effort: "minutes", text };
}
