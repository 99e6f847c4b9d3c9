import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { CONNTRACK_EVENTS } from "../../src/format/log/conntrack-events.ts";
import { NETFILTER_LOG } from "../../src/format/log/netfilter.ts";
import { NFDUMP_CSV } from "../../src/format/log/nfdump-csv.ts";
import { NFDUMP_JSON } from "../../src/format/log/nfdump-json.ts";
import { PF_TCPDUMP } from "../../src/format/log/pf-tcpdump.ts";
import type { LogGrammar } from "../../src/model/log-grammar.ts";
import { readLog, rowsOf } from "../support/log-reading.ts";
import type { NamespaceLogs } from "./namespace-logs.ts";

const SCRIPT = join(import.meta.dirname, "namespace-logs.ts");
/** Makes and drops a rule that logs, in a network of its own. */
const TRIAL =
  "add table inet t; add chain inet t i { type filter hook input priority 0; }; add rule inet t i log group 3";
const UNSHARE = [["--net"], ["--net", "--map-root-user"]].find(
  (flags) => spawnSync("unshare", [...flags, "nft", TRIAL]).status === 0,
);
/** Without the right to make such a network these are named as not run; CI has the right and must run them. */
const canRun = UNSHARE !== undefined || process.env["CI"] !== undefined;
const SETTING = { serverAddresses: new Set(["192.0.2.10", "2001:db8::10"]) };

describe.runIf(canRun)("logs that Debian's programs write of connections in a namespace", () => {
  let logs: NamespaceLogs;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "corral-network-logs-"));
    const command = [...(UNSHARE ?? ["--net"]), process.execPath, SCRIPT, folder];
    const { stdout, stderr, status } = spawnSync("unshare", command, {
      encoding: "utf8",
      timeout: 110_000,
      maxBuffer: 1 << 26,
    });
    await rm(folder, { recursive: true, force: true });
    if (status !== 0) throw new Error(stderr);
    logs = JSON.parse(stdout) as NamespaceLogs;
  }, 120_000);

  /** Events of the connections by the client's port, in the order in which these were made. */
  const told = (grammar: LogGrammar, text: string) => {
    expect(
      grammar.recognise(
        rowsOf(text)
          .slice(0, 64)
          .map((row) => row.text),
      ),
    ).toBeGreaterThan(0.9);
    const { events, rejected } = readLog(grammar, text, { ...SETTING, year: 2026 });
    expect(rejected).toEqual([]);
    return logs.ports.map((port) => events.filter((event) => event["sourcePort"] === port));
  };
  const connection = (from: string, to: string, port: number, isMade: boolean): unknown =>
    expect.objectContaining({
      class: "network",
      sourceIp: from,
      destinationIp: to,
      destinationPort: port,
      transport: "tcp",
      direction: "inbound",
      established: isMade,
    });
  const expected = () => [
    [connection("203.0.113.9", "192.0.2.10", 11_434, true)],
    [connection("203.0.113.9", "192.0.2.10", 11_434, true)],
    [connection("2001:db8::99", "2001:db8::10", 11_434, true)],
    [connection("203.0.113.9", "192.0.2.10", 11_435, false)],
  ];

  test("nfdump -o csv and -o json: both halves of each connection are one event", () => {
    const csv = told(NFDUMP_CSV, logs.nfdumpCsv);
    const json = told(NFDUMP_JSON, logs.nfdumpJson);
    expect(csv).toEqual(expected());
    expect(json).toEqual(expected());
    const counts = (events: typeof csv) =>
      events.flat().map((event) => [event["sourceBytes"], event["destinationBytes"]]);
    expect(counts(csv)).toEqual(counts(json));
    const [asked, sent] = counts(csv);
    expect(asked?.[1]).toBeGreaterThan(3000);
    expect(Number(sent?.[0]) - Number(asked?.[0])).toBeGreaterThan(499);
  });

  test("conntrack -E: one event for each connection", () => {
    expect(told(CONNTRACK_EVENTS, logs.conntrack)).toEqual(expected());
  });

  test("ulogd: packets that nft's rules told of", () => {
    const events = told(NETFILTER_LOG, logs.ulogd);
    const packet = (from: string, to: string, port: number, rest: object): unknown =>
      expect.objectContaining({
        sourceIp: from,
        destinationIp: to,
        destinationPort: port,
        direction: "inbound",
        ...rest,
      });
    expect(events).toEqual([
      [packet("203.0.113.9", "192.0.2.10", 11_434, {})],
      [packet("203.0.113.9", "192.0.2.10", 11_434, {})],
      [packet("2001:db8::99", "2001:db8::10", 11_434, {})],
      [packet("203.0.113.9", "192.0.2.10", 11_435, { action: "blocked", established: false })],
    ]);
  });

  test("tcpdump: what pf told of", () => {
    const { events, rejected } = readLog(PF_TCPDUMP, logs.pf, SETTING);
    expect(rejected).toEqual([]);
    expect(events).toEqual([
      expect.objectContaining({
        at: "2026-01-30T10:05:11.000Z",
        sourcePort: 51_514,
        action: "blocked",
        established: false,
      }),
      expect.objectContaining({
        at: "2026-01-30T10:05:11.100Z",
        sourcePort: 40_112,
        action: "allowed",
        direction: "inbound",
      }),
      expect.objectContaining({
        at: "2026-01-30T10:05:11.200Z",
        sourcePort: 40_112,
        sourceIp: "198.51.100.4",
        action: "allowed",
      }),
    ]);
  });
});
