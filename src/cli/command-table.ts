import type { CommandRow, OptionRow } from "./command-row.ts";

const LAKE: OptionRow = { value: "DIR", describe: "folder of the lake", required: true };
const JSON_FLAG: OptionRow = { describe: "one JSON value on stdout instead of words" };

const START: CommandRow = {
  name: "start",
  summary: "ask this machine what model servers it runs and who else could reach them",
  about: [
    "Makes a scope of this machine's loopback addresses and listening ports, shows it, asks them, tells in one sentence",
    "who else could reach what was found, and writes a report of it beside one of a synthetic sample.",
    "Connects to no address but loopback; --interfaces adds this machine's own other addresses.",
  ],
  args: [],
  options: {
    out: { value: "DIR", describe: "where scope, lakes and reports go (default: ./corral-out)" },
    lake: { value: "DIR", describe: "lake of this machine (default: OUT/own-lake)" },
    interfaces: { describe: "also ask this machine's other own addresses" },
    json: JSON_FLAG,
  },
  examples: [
    { line: "npm start", tells: "the same, from a clone" },
    { line: "corral start --out /var/tmp/corral", tells: "keep everything elsewhere" },
  ],
  load: async () => (await import("../jobs/start-command.io.ts")).runStart,
};

const SCOPE_CHECK: CommandRow = {
  name: "scope check",
  summary: "tell whether a scope may run now, how much it holds, and what it refuses",
  about: ["Connects to no target. Names are resolved by DNS, with --dry-run not even that."],
  args: [{ name: "FILE", describe: "scope.yaml", required: true }],
  options: { "dry-run": { describe: "resolve no names" }, json: JSON_FLAG },
  examples: [
    { line: "corral config print scope > scope.yaml", tells: "begin with a commented scope" },
    { line: "corral scope check scope.yaml", tells: "count, duration, refusals" },
  ],
  load: async () => (await import("../survey/scope-command.io.ts")).runScopeCheck,
};

const SURVEY: CommandRow = {
  name: "survey",
  summary: "ask what a scope names, harmlessly and politely, and keep what answered",
  about: [
    "Read-only requests from a published list, at most six at first sight, at the scope's rate. 401 ends a conversation",
    "as login, 403 and 407 as denied. No redirect is followed, no credential tried, no model run.",
    "An interrupted survey keeps its state; --resume asks again only what was in flight.",
  ],
  args: [],
  options: {
    scope: { value: "FILE", describe: "scope.yaml: what may be asked, by whose authority, how fast", required: true },
    lake: LAKE,
    targets: {
      value: "FILE",
      describe: "ask only these (still within the scope): addresses, URLs, zmap, masscan; - for stdin",
    },
    shard: { value: "I/N", describe: "only the I-th of N parts of the same order" },
    resume: { describe: "go on with the interrupted run of this scope" },
    fresh: { describe: "begin anew although an interrupted run exists" },
    pilot: { describe: "stop after the scope's pilot number of targets" },
    "dry-run": { describe: "show the plan and the first targets; send nothing" },
    seed: { value: "N", describe: "seed of the order (shards must share it)" },
    rate: { value: "N", describe: "connections a second, lower than the scope's" },
    json: JSON_FLAG,
  },
  examples: [
    { line: "corral survey --scope scope.yaml --lake lake --dry-run", tells: "what would be asked" },
    { line: "corral survey --scope scope.yaml --lake lake --pilot", tells: "a small first run" },
    { line: "corral survey --scope scope.yaml --lake lake --resume", tells: "after an interruption" },
    { line: "zmap … | corral survey --scope scope.yaml --lake lake --targets -", tells: "only where a port answered" },
  ],
  load: async () => (await import("../survey/survey-command.io.ts")).runSurvey,
};

const IMPORT: CommandRow = {
  name: "import",
  summary: "bring other scans into the lake: Corral's JSONL, Censys",
  about: [
    "Plain, gz or zst, streamed. A bad record goes to the lake's rejects with its place and reason, the rest goes on (exit 3).",
    "The same file twice adds nothing. What a source cannot carry counts as missing, never as absent.",
  ],
  args: [
    { name: "FORMAT", describe: "jsonl | censys", required: true },
    { name: "FILE", describe: "files, or - for standard input", required: true, many: true },
  ],
  options: { lake: LAKE, "dry-run": { describe: "read and judge, keep nothing" }, json: JSON_FLAG },
  examples: [
    { line: "corral import censys hosts.json.gz --lake lake", tells: "a Censys download" },
    {
      line: "corral export --lake other --format jsonl | corral import jsonl - --lake lake",
      tells: "one lake into another",
    },
  ],
  load: async () => (await import("../intake/import-command.io.ts")).runImport,
};

const REPORT: CommandRow = {
  name: "report",
  summary: "write what a lake shows, as HTML, Markdown and JSON",
  about: [
    "Every share with count, denominator and unknowns. Addresses are truncated and cells below 5 withheld;",
    "--full is possible only when everything in the lake comes from own or contract scopes.",
  ],
  args: [],
  options: {
    lake: LAKE,
    out: { value: "DIR", describe: "folder for the report", required: true },
    format: { value: "LIST", describe: "html,md,json (default: all)" },
    full: { describe: "whole addresses and small cells" },
    json: JSON_FLAG,
  },
  examples: [{ line: "corral report --lake lake --out report", tells: "then open report/report.html" }],
  load: async () => (await import("../study/report-command.io.ts")).runReport,
};

const CONFIG_PRINT: CommandRow = {
  name: "config print",
  summary: "print every key of a configuration file, or its JSON Schema",
  about: [],
  args: [{ name: "KIND", describe: "scope | observation", required: true }],
  options: { schema: { describe: "the JSON Schema instead of the commented example" } },
  examples: [
    { line: "corral config print scope > scope.yaml", tells: "begin a scope" },
    { line: "corral config print observation --schema", tells: "the published schema of Corral's JSONL" },
  ],
  load: async () => (await import("./config-print.ts")).runConfigPrint,
};

/** Every command, in the order a person meets them. */
export const COMMANDS: readonly CommandRow[] = [START, SCOPE_CHECK, SURVEY, IMPORT, REPORT, CONFIG_PRINT];
