import { atomsOf } from "../../classify/detect/simplify-condition.ts";
import type { Atom } from "../../classify/detect/simplify-condition.ts";
import type { Condition } from "../../model/condition.ts";
import type { Detection, Selection } from "../../model/detection.ts";
import { commented, headerLines } from "../rule-header.ts";
import type { PrintedRule, RuleLanguage } from "../rule-language.ts";
import { Unsayable } from "../unsayable.ts";
import { joinAuditRules } from "./audit-join.ts";

/** Rules by which the kernel records what a detection reads. */
export const AUDITD: RuleLanguage = {
  id: "auditd",
  title: "auditd (audit.rules)",
  ending: ".rules",
  comment: "# ",
  source: "audit.rules(7), auditctl(8) of audit 3",
  print: printAuditd,
  join: joinAuditRules,
};

const RECORDS_ONLY =
  "It records and judges nothing: `corral hunt` or another reader of the log looks for the detection in rows with its key.";
const EVERYBODY = "It records every program that anybody starts.";

function printAuditd(detection: Detection): PrintedRule {
  try {
    const key = `corral-${detection.id}`;
    const rules = [...new Set(Object.values(detection.selections).flatMap(recordsOf))];
    const differs = [RECORDS_ONLY, ...(rules.includes(ANY_PROGRAM) ? [EVERYBODY] : [])];
    const lines = rules.map((rule) => `-a always,exit -F arch=b64 ${rule} -k ${key}`);
    const header = [
      ...headerLines(detection, differs),
      "uid=ollama is the service's account; the program is where Ollama's installer puts it",
    ];
    return { kind: "rule", text: commented("# ", header, `${[...goOn(rules), ...lines].join("\n")}\n`), differs };
  } catch (error) {
    if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
    throw error;
  }
}

/** `-c`: a folder that is missing stops no other rule; auditctl names it and ends with 1. */
function goOn(rules: readonly string[]): readonly string[] {
  return rules.some((rule) => rule.includes("-F dir=")) ? ["-c"] : [];
}

const SERVICE = "-F uid=ollama";
const ANY_PROGRAM = "-S execve,execveat";

function recordsOf({ class: kind, where }: Selection): readonly string[] {
  const atoms = wantedAtoms(where);
  switch (kind) {
    case "process":
      return [atoms.some(isOfService) ? `${ANY_PROGRAM} ${SERVICE}` : ANY_PROGRAM];
    case "listen":
      return listenRecords(atoms);
    case "file":
      return atoms.some(isOfService) ? [`-F perm=wa ${SERVICE}`] : watchedFolders(atoms);
    case "network":
      if (!atoms.some(({ field }) => field === "user" || field === "executable"))
        throw new Unsayable("the audit records calls of this machine's programs, not who connects from outside");
      return [`-S connect ${SERVICE}`];
    case "http":
    case "dns":
    case "setting":
      throw new Unsayable(`the audit records system calls, which do not tell it (${kind})`);
    case "control":
      throw new Unsayable("the kernel and its services write such records without a rule, or in another log");
  }
}

function listenRecords(atoms: readonly Atom[]): readonly string[] {
  const sources = atoms.flatMap((atom) => (atom.kind === "is" && atom.field === "by" ? atom.values : []));
  if (sources.length > 0 && !sources.includes("bind") && !sources.includes("socket"))
    throw new Unsayable("it reads the server's own line or Windows' filter");
  return [`-S bind,listen ${SERVICE}`, "-S bind,listen -F exe=/usr/local/bin/ollama"];
}

/** What the condition asks for, not what it leaves out. */
function wantedAtoms(condition: Condition): readonly Atom[] {
  if (condition.kind === "not") return [];
  return condition.kind === "all" || condition.kind === "any" ? condition.of.flatMap(wantedAtoms) : atomsOf(condition);
}

function isOfService(atom: Atom): boolean {
  if (atom.field === "parentExecutable" || atom.field === "unit") return true;
  return atom.kind === "is" && atom.field === "user" && atom.values.includes("ollama");
}

const STORE = "/usr/share/ollama/.ollama";

/** Folders that the paths name; the store stands where the installer puts it. */
function watchedFolders(atoms: readonly Atom[]): readonly string[] {
  const folders = new Set<string>();
  for (const atom of atoms) {
    if (atom.field !== "path" || !("values" in atom)) continue;
    for (const value of atom.values.map(String)) {
      if (atom.kind === "starts" && value.startsWith("/") && value.endsWith("/")) folders.add(value.slice(0, -1));
      if (value.startsWith("/.ollama/")) folders.add(STORE);
    }
  }
  if (folders.size === 0) throw new Unsayable("the audit watches folders by name, and this may be in any");
  return [...folders].map((folder) => `-F dir=${folder} -F perm=wa`);
}
