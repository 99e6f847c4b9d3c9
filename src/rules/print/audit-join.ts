import { commented } from "../rule-header.ts";

const HEAD = [
  "Rules of the kernel's audit, all in one file: auditctl -R FILE, or in /etc/audit/rules.d/ and augenrules --load.",
  "The kernel writes the keys of the first rule that a call fits, and of no other. So rules that ask for the same bear the keys of all",
  "their detections (ausearch -k KEY finds each), and narrower rules stand first: what the service's account does bears the keys of its",
  "rule alone, not those of a rule for everybody below. ausearch -k corral- finds the rows of all.",
  "-c: a rule that fails, as one for a folder that is missing, is named, and the others load; auditctl ends with 1 then. With -i in its",
  "place it ends with 0.",
] as const;

/** One file of the texts of several rules: their comments, then every filter once, with the keys of all that ask for it. */
export function joinAuditRules(texts: readonly string[]): string {
  const keys = new Map<string, string[]>();
  for (const rule of texts.flatMap((text) => text.split("\n").filter((line) => line.startsWith("-a ")))) {
    const at = rule.lastIndexOf(" -k ");
    const filter = rule.slice(0, at);
    keys.set(filter, [...(keys.get(filter) ?? []), rule.slice(at)]);
  }
  const rules = [...keys]
    .toSorted(([a], [b]) => fieldsOf(b) - fieldsOf(a))
    .map(([filter, all]) => filter + all.join(""));
  const comments = texts.map((text) => `${text.split("\n").filter(isComment).join("\n")}\n`);
  return [commented("# ", HEAD, "\n-c\n"), ...comments, `${rules.join("\n")}\n`].join("\n");
}

function isComment(line: string): boolean {
  return line.startsWith("#");
}

/** How much a filter asks for: more is narrower. */
function fieldsOf(filter: string): number {
  return filter.split(" -F ").length;
}
