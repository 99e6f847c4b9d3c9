import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = join(import.meta.dirname, "../../node_modules/.cache/corral/engines/bin/sigma");

const FETCHES_ATTACK =
  "fetches MITRE ATT&CK from the Internet; a test of the detections holds their ids against a list";
const FETCHES_TAXONOMY = "fetches SigmaHQ's taxonomy from the Internet";
const OWN_FILES = "how SigmaHQ names its files; a file here has the name of its detection";

/** Validators that are not asked, and why: all others of pySigma and SigmaHQ are. */
export const LEFT_OUT_VALIDATORS = {
  attacktag: FETCHES_ATTACK,
  d3_fendtag: "fetches MITRE D3FEND from the Internet; no rule bears its tags",
  sigmahq_tags_techniques_without_tactics: FETCHES_ATTACK,
  sigmahq_fieldname_cast: FETCHES_TAXONOMY,
  sigmahq_filename_prefix: FETCHES_TAXONOMY,
  sigmahq_invalid_fieldname: FETCHES_TAXONOMY,
  sigmahq_logsource_unknown: FETCHES_TAXONOMY,
  sigmahq_redundant_field: FETCHES_TAXONOMY,
  sigmahq_correlation_filename_prefix: OWN_FILES,
  sigmahq_filename_convention: OWN_FILES,
  sigmahq_status_to_high: "lets no rule be stable before it is 60 days old: the calendar would decide",
  sigmahq_title_case: "wants capitals in titles; titles here are sentences",
} as const satisfies Readonly<Record<string, string>>;

/** What validators say of printed rules, by file and issue, and why it stays. */
export const MEANT_ISSUES: Readonly<Record<string, string>> = {
  "origins-for-everybody.yml: EscapedWildcardIssue": "The setting's own `*` is what the rule looks for.",
  "request-bodies-logged.yml: NumberAsStringIssue":
    'The setting is a text, `"1"`: a number meets no text in engines that tell them apart.',
};

/** What `sigma check` says of files. */
export interface SigmaVerdict {
  /** Its own count, `Found N errors, N condition errors and N issues.` */
  readonly summary: string;
  /** Each issue once, as `file: issue`. */
  readonly issues: readonly string[];
}

/** Lets `sigma check` read files, their texts by name. Throws what it says when it comes to no summary. */
export function sigmaCheck(files: Readonly<Record<string, string>>): SigmaVerdict {
  const folder = mkdtempSync(join(tmpdir(), "corral-sigma-"));
  try {
    const rules = join(folder, "rules");
    mkdirSync(rules);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(rules, name), text);
    const config = join(folder, "validators.yml");
    const left = Object.keys(LEFT_OUT_VALIDATORS).map((name) => `-${name}`);
    writeFileSync(config, JSON.stringify({ validators: ["all", ...left] }));
    const { stdout, stderr } = spawnSync(PROGRAM, ["check", "--validation-config", config, rules], {
      encoding: "utf8",
    });
    const lines = stdout.split("\n");
    const summary = lines.find((line) => line.startsWith("Found "));
    if (summary === undefined) throw new Error(`${stdout}${stderr}`);
    return { summary, issues: [...new Set(lines.flatMap(issuesOf))].toSorted() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A line tells one issue, of one rule or of several that are too alike. */
function issuesOf(line: string): readonly string[] {
  const issue = /^issue=(\w+)/u.exec(line)?.[1];
  if (issue === undefined) return [];
  return [...line.matchAll(/\/rules\/([\w-]+\.yml)/gu)].map(([, file = ""]) => `${file}: ${issue}`);
}
