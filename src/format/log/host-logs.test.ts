import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LOG_SETTING, readLog, rowsOf } from "../../../test/support/log-reading.ts";
import { canonicalAddress } from "../../model/address.ts";
import type { LogEvent } from "../../model/event.ts";
import type { LogGrammar } from "../../model/log-grammar.ts";
import { AUDITD_LOG } from "./auditd.ts";
import { DEFENDER_CSV, DEFENDER_JSON } from "./defender.ts";
import { ELASTIC_ECS } from "./elastic.ts";
import { SYSLOG } from "./syslog.ts";
import { WINDOWS_JSON_FLAT, WINDOWS_JSON_NESTED } from "./windows-json.ts";
import { WINDOWS_XML } from "./windows-xml.ts";

const GRAMMARS: readonly LogGrammar[] = [
  WINDOWS_JSON_FLAT,
  WINDOWS_JSON_NESTED,
  WINDOWS_XML,
  AUDITD_LOG,
  DEFENDER_JSON,
  DEFENDER_CSV,
  ELASTIC_ECS,
  SYSLOG,
];

/** Rows of the grammar's logs in the corpus. */
function rowsIn({ id }: LogGrammar): readonly string[] {
  const folder = fileURLToPath(new URL(`../../../corpus/log/${id}/`, import.meta.url));
  const logs = readdirSync(folder).filter((name) => name.endsWith(".log"));
  return logs.flatMap((name) => rowsOf(readFileSync(`${folder}${name}`, "utf8")).map((row) => row.text));
}

const CASES = GRAMMARS.map((grammar) => ({ id: grammar.id, grammar, rows: rowsIn(grammar) }));

/** Everything a broken row could make of an event that no other part could work with. */
function faultOf(event: LogEvent): string | null {
  if (!Number.isInteger(event.at)) return `time ${event.at}`;
  for (const [name, value] of Object.entries(event) as readonly [string, unknown][]) {
    if (value === undefined) return `${name} is undefined`;
    if (name === "at" || value === null) continue;
    if (typeof value === "number" && !(Number.isFinite(value) && value >= 0)) return `${name} ${value}`;
    if (/^port$|Port$/u.test(name) && !(typeof value === "number" && value <= 65_535)) return name;
    if (name.endsWith("Ip") && (typeof value !== "string" || canonicalAddress(value) !== value)) return name;
    if (typeof value === "object" && name !== "place") return name;
  }
  return null;
}

/** Reads a log in which anything may stand: it ends, throws nothing; tells what is wrong with its events and the recognition. */
function faultsOf(grammar: LogGrammar, rows: readonly string[]): readonly string[] {
  const reader = grammar.read(LOG_SETTING);
  const faults: string[] = [];
  const sink = {
    event: (event: LogEvent) => {
      const fault = faultOf(event);
      if (fault !== null) faults.push(fault);
    },
    reject: () => {},
    pass: () => {},
  };
  for (const row of rowsOf(rows.join("\n"))) reader.row(row, sink);
  reader.end(sink);
  const share = grammar.recognise(rows.slice(0, 64));
  return share >= 0 && share <= 1 ? faults : [...faults, `share ${share}`];
}

describe("logs of hosts, whatever stands in them", () => {
  test.for(CASES)("$id: rows cut, joined and with other letters", ({ grammar, rows }) => {
    const row = fc.constantFrom(...rows);
    const sign = fc.constantFrom(
      "{",
      "}",
      '"',
      "\\",
      "<",
      ">",
      "=",
      ":",
      ",",
      "\u001d",
      "\u0000",
      "%",
      "ü",
      "0",
      "\\u00",
    );
    const broken = fc
      .tuple(row, fc.nat(400), fc.nat(400), fc.array(fc.tuple(fc.nat(600), sign), { maxLength: 4 }))
      .map(([text, from, size, changes]) => {
        const part = text.slice(from % 40 === 0 ? from : 0, Math.max(size, 20) + from);
        return changes.reduce((done, [at, letter]) => done.slice(0, at) + letter + done.slice(at + 1), part);
      });
    fc.assert(
      fc.property(fc.array(fc.oneof(row, broken), { maxLength: 12 }), (all) => {
        expect(faultsOf(grammar, all)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.for(CASES)("$id: noise", ({ grammar }) => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 8 }), (all) => {
        expect(faultsOf(grammar, all)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.for(CASES)("$id: JSON of any shape", ({ grammar }) => {
    const key = fc.constantFrom(
      "EventID",
      "Channel",
      "System",
      "EventData",
      "Event",
      "Data",
      "#text",
      "#attributes",
      "Name",
      "TimeCreated",
      "@timestamp",
      "event",
      "winlog",
      "process",
      "_source",
      "ActionType",
      "DeviceName",
      "Timestamp",
      "AdditionalFields",
      "properties",
      "__proto__",
      "constructor",
      "document",
      "data",
      "UserData",
      "winlog.event_id",
      "source.port",
      "source.ip",
      "destination.port",
      "network",
      "event.category",
    );
    const leaf = fc.oneof(
      fc.constantFrom(
        1,
        3,
        5156,
        70_000,
        "1",
        "process",
        "network",
        "192.0.2.1",
        "FileCreated",
        "2026-01-30T10:05:11Z",
        null,
        true,
        -1,
        1e300,
      ),
      fc.string(),
    );
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 5 }, leaf, tie("object"), fc.array(tie("any"), { maxLength: 3 })),
      object: fc.dictionary(key, tie("any"), { maxKeys: 6 }),
    }));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), (all) => {
        expect(
          faultsOf(
            grammar,
            all.map((one) => JSON.stringify(one)),
          ),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("documents of the common schema with values of any kind", () => {
    const value = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.string(),
      fc.constantFrom("192.0.2.1", "::1", "70000", "8080", ["a"], [[1]], {}, null),
    );
    const names = [
      "source.ip",
      "source.port",
      "destination.ip",
      "destination.port",
      "url.port",
      "source.bytes",
      "event.duration",
      "dns.question.name",
      "url.path",
      "http.request.method",
      "process.pid",
      "process.args",
      "file.path",
      "user.name",
      "host.name",
      "flow.final",
    ] as const;
    const document = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    const category = fc.constantFrom("network", "process", "file", "web");
    fc.assert(
      fc.property(document, category, fc.constantFrom("start", "end", "denied", "creation"), (fields, kind, type) => {
        const head = { "@timestamp": "2026-01-30T10:05:11Z", event: { category: [kind], type: [type] } };
        expect(faultsOf(ELASTIC_ECS, [JSON.stringify({ ...head, ...fields })])).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("a row of brackets as deep as a row can be", () => {
    for (const grammar of [WINDOWS_JSON_FLAT, WINDOWS_JSON_NESTED, DEFENDER_JSON, ELASTIC_ECS])
      expect(readLog(grammar, `${'{"Event":'.repeat(100_000)}1${"}".repeat(100_000)}`).events).toEqual([]);
    expect(readLog(WINDOWS_XML, `<Event>${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}</Event>`).rejected).toEqual([
      "1 broken-xml",
    ]);
  });

  test("records of the audit system that never end are told all the same, and never all kept", () => {
    const call =
      'arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 uid=998 comm="a" exe="/usr/bin/a" key="corral"';
    const rows = Array.from(
      { length: 1_000 },
      (_, index) => `type=SYSCALL msg=audit(1769767511.000:${index + 1}): ${call}`,
    );
    expect(readLog(AUDITD_LOG, rows.join("\n")).events).toHaveLength(1_000);
  });

  test("an argument with thousands of pieces costs no more than a row", () => {
    const pieces = Array.from({ length: 3_000 }, (_, index) => `a1[${index}]="x"`).join(" ");
    const rows = [
      'type=SYSCALL msg=audit(1769767511.000:1): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 uid=998 exe="/usr/bin/a"',
      `type=EXECVE msg=audit(1769767511.000:1): argc=2 a0="a" a1_len=3000 ${pieces}`,
      "type=EOE msg=audit(1769767511.000:1): ",
    ];
    expect(readLog(AUDITD_LOG, rows.join("\n")).events).toMatchObject([{ commandLine: `a ${"x".repeat(2_048)}` }]);
  });
});
