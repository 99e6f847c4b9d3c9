import type { CommandRow } from "./command-row.ts";
import { DIFF } from "./diff-row.ts";
import { STUDY } from "./study-row.ts";
import { EXPORT } from "./export-row.ts";
import { GATEWAY_ROWS } from "./gateway-rows.ts";
import { HUNT } from "./hunt-row.ts";
import { JSON_FLAG, LAKE } from "./shared-options.ts";
import { NETWORK_OVERRIDES, NETWORKS, NO_NETWORKS } from "./network-options.ts";
import { RULES_ROWS } from "./rules-rows.ts";
import { SIMULATE } from "./simulate-row.ts";

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
  options: { "dry-run": { describe: "resolve no names" }, networks: NETWORKS, json: JSON_FLAG },
  examples: [
    { line: "corral config print scope > scope.yaml", tells: "begin with a commented scope" },
    { line: "corral scope check scope.yaml", tells: "count, duration, refusals" },
  ],
  load: async () => (await import("../survey/scope/scope-command.io.ts")).runScopeCheck,
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
    networks: NETWORKS,
    "no-networks": NO_NETWORKS,
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
  summary: "bring other scans into the lake: Shodan, Censys, zgrab2, nmap and others",
  about: [
    "Plain, gz or zst, streamed. A bad record goes to the lake's rejects with its place and reason, the rest goes on (exit 3).",
    "The same file twice adds nothing. What a source cannot carry counts as missing, never as absent.",
    "Country, AS number and organisation are filled in from a table of networks where a record carries none (docs/networks.md).",
    "A stored answer is judged as a fresh one would be; an open port alone is kept as a candidate, never as a product.",
  ],
  args: [
    {
      name: "FORMAT",
      describe:
        "jsonl | censys | shodan | fofa | shadowserver | zgrab2 | httpx | nmap | masscan | zmap | intelmq; left out with --detect",
      required: true,
    },
    { name: "FILE", describe: "files, or - for standard input", required: false, many: true },
  ],
  options: {
    lake: { value: "DIR", describe: "folder of the lake; without it --detect only tells the formats" },
    detect: { describe: "tell each file's format by its first 64 KiB and use it; an ambiguous file is an error" },
    port: { value: "N", describe: "port of a zmap file that does not name one" },
    "seen-at": {
      value: "TIME",
      describe: "when it was seen, for a zmap or FOFA file that does not say: 2026-01-10T03:04:05Z",
    },
    "dry-run": { describe: "read and judge, keep nothing" },
    networks: NETWORKS,
    "no-networks": NO_NETWORKS,
    json: JSON_FLAG,
  },
  examples: [
    { line: "corral import censys hosts.json.gz --lake lake", tells: "a Censys download" },
    { line: "corral import --detect shodan.json.gz scan.xml --lake lake", tells: "formats told by content" },
    { line: "corral import zmap open.csv --port 11434 --lake lake", tells: "addresses alone: candidates" },
    {
      line: "corral export --lake other --out other.jsonl && corral import jsonl other.jsonl --lake lake",
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
    "network-overrides": NETWORK_OVERRIDES,
    json: JSON_FLAG,
  },
  examples: [{ line: "corral report --lake lake --out report", tells: "then open report/report.html" }],
  load: async () => (await import("../study/report-command.io.ts")).runReport,
};

const SQL: CommandRow = {
  name: "sql",
  summary: "answer one SELECT over the views of a lake",
  about: [
    "Views: observation, service, host, inventory, model, finding, decoy, network, prompt, prompt_text, run (columns: docs/lake.md).",
    "One statement of type SELECT or EXPLAIN; nothing outside the lake can be read, nothing written.",
  ],
  args: [{ name: "QUERY", describe: "'SELECT …'", required: true }],
  options: {
    lake: LAKE,
    json: { describe: "a list of objects" },
    csv: { describe: "CSV with a header" },
    "network-overrides": NETWORK_OVERRIDES,
    memory: { value: "MIB", describe: "limit of the engine's buffers (default 1024)" },
  },
  examples: [
    {
      line: "corral sql --lake lake 'SELECT answer, count(*) AS services FROM service GROUP BY answer'",
      tells: "what answered how",
    },
    { line: "corral sql --lake lake --csv 'SELECT * FROM finding' > findings.csv", tells: "into a file" },
  ],
  load: async () => {
    const [{ sqlCommand }, { judgementsOf }] = await Promise.all([
      import("../store/sql-command.io.ts"),
      import("../study/network-judgements.io.ts"),
    ]);
    return async (args, options, terminal) =>
      sqlCommand(await judgementsOf(options, terminal.cwd))(args, options, terminal);
  },
};

const COMPACT: CommandRow = {
  name: "compact",
  summary: "merge the small segments of a lake",
  about: ["Safe beside surveys, imports and readers. Segments of an older schema are brought to today's."],
  args: [],
  options: { lake: LAKE, json: JSON_FLAG },
  examples: [{ line: "corral compact --lake lake", tells: "after many small runs" }],
  load: async () => (await import("../store/compact-command.io.ts")).runCompact,
};

const FORGET: CommandRow = {
  name: "forget",
  summary: "take rows out of a lake for good",
  about: [
    "From segments, journals, request logs, rejects, temporary files and catalogue; says that it is done only when nothing remains.",
    "Exports, backups and the file system's own copies are beyond its reach.",
  ],
  args: [],
  options: {
    lake: LAKE,
    "older-than": { value: "AGE", describe: "observations seen longer ago: 90d" },
    address: { value: "IP", describe: "everything of an address", multiple: true },
    prefix: { value: "CIDR", describe: "everything of a prefix", multiple: true },
    json: JSON_FLAG,
  },
  examples: [
    { line: "corral forget --lake lake --older-than 365d", tells: "retention" },
    { line: "corral forget --lake lake --address 192.0.2.7", tells: "an owner asked" },
  ],
  load: async () => (await import("../store/forget-command.io.ts")).runForget,
};

const LAKE_CHECK: CommandRow = {
  name: "lake check",
  summary: "read every file of a lake and name the damaged ones",
  about: ["Damaged files are left alone and left out; exit 3 when there is one."],
  args: [],
  options: { lake: LAKE, json: JSON_FLAG },
  examples: [{ line: "corral lake check --lake lake", tells: "after a disk trouble" }],
  load: async () => (await import("../store/lake-check-command.io.ts")).runLakeCheck,
};

const CONFIG_PRINT: CommandRow = {
  name: "config print",
  summary: "print every key of a configuration file, or its JSON Schema",
  about: [],
  args: [{ name: "KIND", describe: "scope | gateway | observation", required: true }],
  options: { schema: { describe: "the JSON Schema instead of the commented example" } },
  examples: [
    { line: "corral config print scope > scope.yaml", tells: "begin a scope" },
    { line: "corral config print gateway", tells: "every key of gateway.yaml" },
    { line: "corral config print observation --schema", tells: "the published schema of Corral's JSONL" },
  ],
  load: async () => (await import("./config-print.ts")).runConfigPrint,
};

/** Every command, in the order a person meets them. */
export const COMMANDS: readonly CommandRow[] = [
  START,
  SCOPE_CHECK,
  SURVEY,
  IMPORT,
  REPORT,
  STUDY,
  DIFF,
  SIMULATE,
  SQL,
  EXPORT,
  COMPACT,
  FORGET,
  LAKE_CHECK,
  ...GATEWAY_ROWS,
  HUNT,
  ...RULES_ROWS,
  CONFIG_PRINT,
];

/** Commands whose names begin with these words and go on: of `gateway key` all that manage keys. */
export function commandsBelow(name: string): readonly CommandRow[] {
  return COMMANDS.filter((row) => row.name.startsWith(`${name} `));
}
