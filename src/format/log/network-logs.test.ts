import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LOG_SETTING, readLog, rowsOf } from "../../../test/support/log-reading.ts";
import { canonicalAddress } from "../../model/address.ts";
import type { LogEvent } from "../../model/event.ts";
import type { LogGrammar } from "../../model/log-grammar.ts";
import { AWS_VPC_FLOW, AWS_VPC_FLOW_JSON } from "./aws-vpc-flow.ts";
import { AZURE_FLOW } from "./azure-flow.ts";
import { CONNTRACK_EVENTS } from "./conntrack-events.ts";
import { GCP_VPC_FLOW } from "./gcp-vpc-flow.ts";
import { JOURNALD_JSON } from "./journald-json.ts";
import { NETFILTER_LOG } from "./netfilter.ts";
import { NFDUMP_CSV } from "./nfdump-csv.ts";
import { NFDUMP_JSON } from "./nfdump-json.ts";
import { PF_FILTERLOG } from "./pf-filterlog.ts";
import { PF_TCPDUMP } from "./pf-tcpdump.ts";
import { SURICATA_EVE } from "./suricata-eve.ts";
import { SYSLOG } from "./syslog.ts";
import { WINDOWS_FIREWALL } from "./windows-firewall.ts";
import { ZEEK_JSON } from "./zeek-json.ts";
import { ZEEK_TSV } from "./zeek-tsv.ts";

const CORPUS = new URL("../../../corpus/log/", import.meta.url);
const GRAMMARS: readonly LogGrammar[] = [
  AWS_VPC_FLOW,
  AWS_VPC_FLOW_JSON,
  AZURE_FLOW,
  CONNTRACK_EVENTS,
  GCP_VPC_FLOW,
  NETFILTER_LOG,
  NFDUMP_CSV,
  NFDUMP_JSON,
  PF_FILTERLOG,
  PF_TCPDUMP,
  SURICATA_EVE,
  WINDOWS_FIREWALL,
  ZEEK_JSON,
  ZEEK_TSV,
];

const logsOf = ({ id }: LogGrammar): readonly string[] =>
  readdirSync(new URL(`${id}/`, CORPUS))
    .filter((name) => name.endsWith(".log"))
    .map((name) => readFileSync(new URL(`${id}/${name}`, CORPUS), "utf8"));

const cases = GRAMMARS.map((grammar) => ({ id: grammar.id, grammar, logs: logsOf(grammar) }));

/** Everything a broken row could make of an event. */
function faultOf(event: LogEvent): string | null {
  if (!Number.isInteger(event.at) || event.at < 0) return `time ${event.at}`;
  for (const [name, value] of Object.entries(event) as readonly [string, unknown][]) {
    if (value === undefined) return `${name} is undefined`;
    if (typeof value === "number" && !(Number.isFinite(value) && value >= 0)) return `${name} ${value}`;
    if (name.endsWith("Port") && value !== null && !(typeof value === "number" && value <= 65_535)) return name;
    if (name.endsWith("Ip") && value !== null && (typeof value !== "string" || canonicalAddress(value) !== value))
      return `${name} ${JSON.stringify(value)}`;
  }
  return null;
}

/** Reads a text as a log and tells the first thing that no event may be. */
function faultIn(grammar: LogGrammar, text: string): string | null {
  const rows = rowsOf(text);
  grammar.recognise(rows.slice(0, 64).map((row) => row.text));
  const reader = grammar.read(LOG_SETTING);
  let fault: string | null = null;
  const sink = {
    event: (event: LogEvent): void => {
      fault ??= faultOf(event);
    },
    reject: () => {},
    pass: () => {},
  };
  for (const row of rows) reader.row(row, sink);
  reader.end(sink);
  return fault;
}

describe("broken logs", () => {
  test.for(cases)("$id: any rows", ({ grammar }) => {
    const rows = fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 20 });
    fc.assert(
      fc.property(rows, (texts) => {
        expect(faultIn(grammar, texts.join("\n"))).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  test.for(cases)("$id: rows of the corpus with letters changed, left out and put in", ({ grammar, logs }) => {
    const changes = fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(12),
        put: fc.string({ unit: "binary", maxLength: 6 }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...logs), changes, (log, list) => {
        let text = log;
        for (const { at, cut, put } of list) {
          const from = Math.floor(at * text.length);
          text = text.slice(0, from) + put + text.slice(from + cut);
        }
        expect(faultIn(grammar, text)).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  test.for(cases)("$id: numbers that nobody expects", ({ grammar, logs }) => {
    const numbers = fc.constantFrom("-1", "1e309", "99999999999999999999", "65536", "0x10", "NaN", "", "1.5", "٣");
    fc.assert(
      fc.property(fc.constantFrom(...logs), numbers, fc.nat(400), (log, number, place) => {
        let count = 0;
        const text = log.replaceAll(/\d{1,20}/gu, (found) => {
          count += 1;
          return count % 401 === place ? number : found;
        });
        expect(faultIn(grammar, text)).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  test.for(cases)("$id: a log that ends anywhere tells what stood before", ({ grammar, logs }) => {
    for (const log of logs) {
      const whole = readLog(grammar, log).events.length;
      for (let end = 0; end < log.length; end += 1 + Math.floor(log.length / 100)) {
        const cut = log.slice(0, end);
        expect(faultIn(grammar, cut)).toBeNull();
        expect(readLog(grammar, cut).events.length).toBeLessThanOrEqual(whole + 1);
      }
    }
  });

  test.for(cases)("$id: nothing of another log is taken for it", ({ grammar }) => {
    for (const other of cases) {
      if (other.grammar.product === grammar.product) continue;
      for (const log of other.logs) expect(grammar.recognise(rowsOf(log).map((row) => row.text))).toBe(0);
    }
  });
});

describe("rows of firewalls among those of other programs", () => {
  const log = [
    "Jan 30 10:05:10 llm1 systemd[1]: Started Session 7 of User alice.",
    "Jan 30 10:05:11 llm1 kernel: [ 1234.567890] [UFW BLOCK] IN=eth0 OUT= MAC=02 SRC=203.0.113.10 DST=192.0.2.10 LEN=60 TOS=0x00 PREC=0x00 TTL=52 ID=54321 DF PROTO=TCP SPT=40001 DPT=11434 WINDOW=64240 RES=0x00 SYN URGP=0 ",
    "Jan 30 10:05:12 llm1 kernel: [ 1235.567890] docker0: port 1(veth1) entered forwarding state",
    "Jan 30 10:05:13 llm1 sshd[77]: Invalid user IN=eth0 OUT= SRC=198.51.100.66 DST=192.0.2.10 PROTO=TCP DPT=11434 SYN from 203.0.113.10",
    "Jan 30 10:05:14 fw filterlog[41222]: 5,,,1000000103,igb0,match,block,in,4,0x0,,52,54321,0,DF,6,tcp,60,203.0.113.11,192.0.2.10,40001,11434,0,S,2856749170,,64240,,mss",
  ].join("\n");

  test("are read as messages of the kernel and of filterlog, and of nobody else", () => {
    const { events } = readLog(SYSLOG, log);
    expect(events).toEqual([
      expect.objectContaining({
        line: 2,
        product: "netfilter",
        observer: "llm1",
        sourceIp: "203.0.113.10",
        action: "blocked",
      }),
      expect.objectContaining({ line: 5, product: "pf", observer: "fw", sourceIp: "203.0.113.11", action: "blocked" }),
    ]);
  });
});

describe("rows of the kernel in the journal", () => {
  test("are read like those in a file, at the journal's time", () => {
    const entry = {
      __REALTIME_TIMESTAMP: "1769767511250000",
      _TRANSPORT: "kernel",
      SYSLOG_IDENTIFIER: "kernel",
      _HOSTNAME: "llm1",
      PRIORITY: "4",
      MESSAGE:
        "[UFW BLOCK] IN=eth0 OUT= MAC=02 SRC=203.0.113.10 DST=192.0.2.10 LEN=60 TTL=52 PROTO=TCP SPT=40001 DPT=11434 WINDOW=64240 SYN URGP=0 ",
    };
    expect(readLog(JOURNALD_JSON, JSON.stringify(entry)).events).toEqual([
      expect.objectContaining({
        at: "2026-01-30T10:05:11.250Z",
        product: "netfilter",
        observer: "llm1",
        sourceIp: "203.0.113.10",
        action: "blocked",
      }),
    ]);
  });
});

describe("what is told of local time", () => {
  test("a zone that the user names moves every row", () => {
    const log = "2026-01-30 10:05:11 ALLOW TCP 203.0.113.9 192.0.2.10 51514 11434 0 - 0 0 0 - - - RECEIVE";
    const { events, zone } = readLog(WINDOWS_FIREWALL, log, { zoneMinutes: 120 });
    expect(events[0]).toMatchObject({ at: "2026-01-30T08:05:11.000Z" });
    expect(zone).toContain("+02:00");
  });

  test("rows of a later month than the file's last change are of the year before", () => {
    const row = (day: string): string =>
      `${day} 10:05:11 h kernel: x IN=a OUT= SRC=192.0.2.1 DST=192.0.2.2 PROTO=UDP SPT=1 DPT=2 `;
    const { events } = readLog(NETFILTER_LOG, `${row("Dec 31")}\n${row("Jan  1")}`, { year: 2026, month: 1 });
    expect(events.map(({ at }) => at)).toEqual(["2025-12-31T10:05:11.000Z", "2026-01-01T10:05:11.000Z"]);
  });
});

describe("addresses of the server that the user named", () => {
  test("make directions of public addresses known", () => {
    const log = readFileSync(new URL("conntrack-events/conntrack-1.4.7.log", CORPUS), "utf8");
    const unknown = readLog(CONNTRACK_EVENTS, log).events;
    const named = readLog(CONNTRACK_EVENTS, log, { serverAddresses: new Set(["192.0.2.10"]) }).events;
    expect(unknown.map(({ direction }) => direction)).toEqual([undefined, undefined, undefined, undefined]);
    expect(named.map(({ direction }) => direction)).toEqual(["inbound", "inbound", "inbound", undefined]);
  });
});

describe("one request told by several rows of EVE", () => {
  const row = (type: string, transaction: number): string =>
    JSON.stringify({
      timestamp: "2026-01-30T10:05:11.000000+0000",
      flow_id: 1,
      tx_id: transaction,
      event_type: type,
      src_ip: "203.0.113.9",
      src_port: 51_514,
      dest_ip: "192.168.1.9",
      dest_port: 11_434,
      proto: "TCP",
      http: { hostname: "h", url: `/api/${transaction}`, http_method: "GET", status: 200 },
    });
  const paths = (rows: readonly string[]) => readLog(SURICATA_EVE, rows.join("\n")).events.map(({ path }) => path);

  test("is one event, whichever comes first", () => {
    expect(paths([row("http", 1), row("fileinfo", 1)])).toEqual(["/api/1"]);
    expect(paths([row("fileinfo", 1), row("fileinfo", 1), row("http", 1)])).toEqual(["/api/1"]);
    expect(paths([row("fileinfo", 1), row("http", 2)])).toEqual(["/api/2", "/api/1"]);
  });

  test("waits within bounds", () => {
    const rows = Array.from({ length: 600 }, (_, transaction) => row("fileinfo", transaction));
    const told = readLog(SURICATA_EVE, [...rows, row("http", 599)].join("\n")).events;
    expect(told).toHaveLength(600);
    expect(told[0]).toMatchObject({ path: "/api/0" });
  });
});
