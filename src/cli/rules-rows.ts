import type { CommandRow, OptionRow } from "./command-row.ts";
import { JSON_FLAG } from "./shared-options.ts";

const KNOWN: OptionRow = {
  value: "CIDR",
  describe: "prefixes of no strangers, with commas between, written into the rules",
  multiple: true,
};
const PORT: OptionRow = {
  value: "N",
  describe: "port on which a model server listens (default: 11434)",
  multiple: true,
};
const FOR: OptionRow = { value: "LANG", describe: "only this language, as in `rules list`", multiple: true };

/** `corral rules …`. */
export const RULES_ROWS: readonly CommandRow[] = [
  {
    name: "rules list",
    summary: "name every detection and sign of files, and the rule languages that can say it",
    about: ["What hunt alone can say is told so. docs/rules.md, docs/reference/rules-matrix.md"],
    args: [],
    options: { for: FOR, json: JSON_FLAG },
    examples: [
      { line: "corral rules list", tells: "all of them" },
      { line: "corral rules list --for sigma", tells: "what Sigma can say" },
    ],
    load: async () => (await import("../rules/rules-command.io.ts")).runRulesList,
  },
  {
    name: "rules show",
    summary: "tell what a detection or a sign of files is, and show its rule in a language",
    about: ["Without --for: hypothesis, honest false positives, blind spots, and what each language does otherwise."],
    args: [{ name: "ID", describe: "of a detection or a sign of files, as in `rules list`", required: true }],
    options: { for: FOR, known: KNOWN, port: PORT },
    examples: [
      { line: "corral rules show shell-child", tells: "in words" },
      { line: "corral rules show shell-child --for kql-xdr", tells: "as a rule" },
    ],
    load: async () => (await import("../rules/rules-command.io.ts")).runRulesShow,
  },
  {
    name: "rules build",
    summary: "write every detection as a rule of every language that can say it",
    about: [
      "A folder for each language, a file for each rule, and corral-rules.json: what is there, what each rule does otherwise than",
      "hunt, and what cannot be said and why. The folder appears whole or not at all; one of an earlier build is replaced.",
    ],
    args: [],
    options: {
      out: { value: "DIR", describe: "folder for the rules", required: true },
      for: FOR,
      known: KNOWN,
      port: PORT,
      json: JSON_FLAG,
    },
    examples: [
      { line: "corral rules build --out rules", tells: "all of them" },
      { line: "corral rules build --out rules --for sigma --known 198.51.100.0/24", tells: "with one's own prefix" },
    ],
    load: async () => (await import("../rules/rules-command.io.ts")).runRulesBuild,
  },
  {
    name: "rules export",
    summary: "print every rule of one language as one text",
    about: [
      "For tools that take one file: a Sigma collection, a list of packet rules, a pack of osquery. Wazuh needs a decoder beside it,",
      "which `rules build` writes. How each tool loads it: docs/rules.md",
    ],
    args: [],
    options: {
      for: { value: "LANG", describe: "the language, as in `rules list`", required: true },
      out: { value: "FILE", describe: "into a file, whole or not at all" },
      known: KNOWN,
      port: PORT,
    },
    examples: [{ line: "corral rules export --for sigma --out corral.yml", tells: "one file" }],
    load: async () => (await import("../rules/rules-command.io.ts")).runRulesExport,
  },
];
