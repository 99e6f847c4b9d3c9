import { runOsquery } from "../host/osquery-run.ts";
import type { LanguageRun } from "./engine-run.ts";
import { HAS_ENGINES } from "./python-engine.ts";
import { readEsql, readSpl, runEql, runKqlSentinel, runKqlXdr, runSigma } from "./run-languages.ts";
import { HAS_SPL_PARSER } from "./spl-parser.ts";

/** An engine that runs the rules of a language over the stories of every detection. */
export interface RunRow {
  /** Name and version, as the matrix says it. */
  readonly engine: string;
  /** What the engine was helped with, a sentence each. */
  readonly helped: readonly string[];
  /** Whether the engine is on this machine; always in CI, so that a missing one fails there. */
  readonly isThere: boolean;
  readonly run: () => LanguageRun;
}

const SENTINEL_TABLES = "A parser `_Im_…()` is a table of that name.";
const PREFIX_FUNCTIONS = "ipv4_is_in_any_range and ipv6_is_in_any_range, which it lacks, are functions of the test.";
const STORY_BY_STORY = "A missing text is an empty one, as in Kusto.";

/** Engines by language. */
export const LANGUAGE_RUNS: Readonly<Record<string, RunRow>> = {
  sigma: {
    engine: "pySigma 1.5.1, its backend sqlite 2.0.0, on SQLite; checked by sigma-cli 3.1.0: below",
    helped: ["Texts are compared without regard to case, as Sigma says and the backend does not."],
    isThere: HAS_ENGINES,
    run: runSigma,
  },
  splunk: {
    engine: "pth_03 9.4.1, a parser of DPL, which is made after SPL; not run: no engine of SPL is on any registry",
    helped: [
      "Comments between three backticks, which it does not know, are taken out.",
      "Words before the first pipe are read loosely; from there on commands, arguments and functions must be ones that it knows.",
    ],
    isThere: HAS_SPL_PARSER,
    run: readSpl,
  },
  "kql-xdr": {
    engine: "duckdb-kql 1.1.2 on DuckDB; read and bound by @kusto/language-service-next 12.4.1 without a complaint",
    helped: [PREFIX_FUNCTIONS, STORY_BY_STORY],
    isThere: HAS_ENGINES,
    run: runKqlXdr,
  },
  "kql-sentinel": {
    engine: "duckdb-kql 1.1.2 on DuckDB; read and bound by @kusto/language-service-next 12.4.1 without a complaint",
    helped: [PREFIX_FUNCTIONS, STORY_BY_STORY, SENTINEL_TABLES],
    isThere: HAS_ENGINES,
    run: runKqlSentinel,
  },
  eql: {
    engine: "eql 1.0.1, PythonEngine",
    helped: ["cidrMatch, which reads IPv4 alone there, reads both families as in Elasticsearch."],
    isThere: HAS_ENGINES,
    run: runEql,
  },
  esql: {
    engine:
      "esql-parser 9.1.3, the grammar of Elasticsearch 9.1.3; not run: ES|QL has no engine outside of Elasticsearch",
    helped: [
      "Names of functions and fields, and the types of values, are not looked at: Elasticsearch does that after it parsed.",
    ],
    isThere: HAS_ENGINES,
    run: readEsql,
  },
  osquery: {
    engine: "SQLite (node:sqlite) on tables shaped like those of osquery 5",
    helped: ["in_cidr_block, a function of osquery's own, is one of the test."],
    isThere: true,
    run: runOsquery,
  },
};

/** Stories in which a rule and Corral's evaluator say different things, and why: these and no others. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sigma: {
    "listen-flip: is silent: a log that does not name its machine, another port":
      "Sigma's groups leave rows out that do not tell the field; every log that reaches a SIEM names its host.",
    "host-refusal-burst: is silent: a log that does not name its machine": "The same.",
    "server-error-burst: is silent: a log that does not name its machine": "The same.",
    "endpoint-enumeration: is silent: eight, paths with names in them":
      "Routes with a parameter are left out of the count, since paths with many names would be many routes.",
  },
  "kql-sentinel": {
    "endpoint-enumeration: is silent: eight, paths with names in them":
      "Routes with a parameter are left out of the count, since paths with many names would be many routes.",
  },
  osquery: {
    "model-file-outside-store: speaks: a download":
      "The table names no program, by which Corral makes groups; given such rows alone Corral says nothing.",
    "model-file-outside-store: speaks: Windows": "The same.",
    "model-file-outside-store: speaks: the temporary folder": "The same.",
    "model-file-outside-store: speaks: a file that is program and model in one": "The same.",
    "model-file-outside-store: speaks: capitals": "The same.",
  },
};

/** Why a language without a row above has none. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  suricata:
    "not run: no engine of Suricata is on any registry; every rule is read by suricata-check 0.9.3b0, its contents were tried on what goes over the wire, captures in corpus/pcap",
  "suricata-legacy":
    "not run: no engine; read by suricata-check, asks the same contents as the rules with sticky buffers",
  snort3: "not run: no engine; names of options checked",
  auditd: "parsed: auditctl loads every rule into the kernel (without folders); it records and judges nothing",
  falco: "not run: no engine; YAML, names of fields and brackets checked",
  wazuh: "not run: no engine; well-formed XML, the decoder's pattern tried on rows of the corpus",
  yara: "yara 4.2.3 and YARA-X 1.22.1 over the samples of each sign: below",
};
