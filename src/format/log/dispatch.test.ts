import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLog } from "../../../test/support/log-reading.ts";
import { JOURNALD_EXPORT } from "./journald-export.ts";
import { JOURNALD_JSON } from "./journald-json.ts";
import { SYSLOG } from "./syslog.ts";

const GIN = '[GIN] 2026/01/30 - 10:05:11 | 200 | 1s | 203.0.113.9 | DELETE "/api/delete"';

describe("who may say what", () => {
  /** Classes of events that one message of a program makes. */
  const told = (program: Readonly<Record<string, string>>, message: string): readonly unknown[] => {
    const entry = { __REALTIME_TIMESTAMP: "1769767511000000", _HOSTNAME: "gpu-1", ...program, MESSAGE: message };
    return readLog(JOURNALD_JSON, JSON.stringify(entry)).events.map((event) => event["class"]);
  };
  const stopped = "Stopped auditd.service - Security Auditing Service.";
  const sudo = "alice : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/sbin/nft flush ruleset";

  test.for([
    [{ SYSLOG_IDENTIFIER: "ollama" }, GIN, ["http"]],
    [{ SYSLOG_IDENTIFIER: "/usr/local/bin/Ollama" }, GIN, ["http"]],
    [{ _COMM: "ollama" }, GIN, ["http"]],
    [{ CONTAINER_NAME: "web", SYSLOG_IDENTIFIER: "0123456789ab" }, GIN, ["http"]],
    [{ SYSLOG_IDENTIFIER: "logger" }, GIN, []],
    [{ SYSLOG_IDENTIFIER: "sshd" }, GIN, []],
    [{ SYSLOG_IDENTIFIER: "systemd" }, stopped, ["control"]],
    [{ SYSLOG_IDENTIFIER: "ollama" }, stopped, []],
    [{ CONTAINER_NAME: "web" }, stopped, []],
    [{}, stopped, []],
    [{ SYSLOG_IDENTIFIER: "sudo" }, sudo, ["process"]],
    [{ CONTAINER_NAME: "web" }, sudo, []],
    [{ SYSLOG_IDENTIFIER: "logger" }, sudo, []],
    [{ SYSLOG_IDENTIFIER: "toString" }, GIN, []],
  ] as const)("%j: %s", ([program, message, classes]) => {
    expect(told(program, message)).toEqual(classes);
  });
});

test("an entry exported and the same entry in JSON tell the same", () => {
  const path = fc.string({ maxLength: 300 }).map((text) => `/${text.replaceAll(/["\\\n]/gu, "x")}`);
  fc.assert(
    fc.property(fc.array(path, { minLength: 1, maxLength: 5 }), fc.boolean(), (paths, isColoured) => {
      const entries = paths.map((target, index) => ({
        __CURSOR: `s=${index}`,
        __REALTIME_TIMESTAMP: String(1_769_767_511_000_000 + index),
        _HOSTNAME: "gpu-1",
        SYSLOG_IDENTIFIER: "ollama",
        MESSAGE: `[GIN] 2026/01/30 - 10:05:11 |${isColoured ? "\u001b[97;42m 200 \u001b[0m" : " 200 "}| 1s | 192.0.2.1 | GET "${target}"`,
      }));
      const json = entries.map((entry) =>
        JSON.stringify(isColoured ? { ...entry, MESSAGE: [...Buffer.from(entry.MESSAGE)] } : entry),
      );
      const exported = entries.map((entry) => exportOf(entry, isColoured));
      const told = (reading: ReturnType<typeof readLog>): readonly unknown[] =>
        reading.events.map(({ line: _line, ...rest }) => rest);
      expect(told(readLog(JOURNALD_EXPORT, exported.join("")))).toEqual(told(readLog(JOURNALD_JSON, json.join("\n"))));
    }),
    { numRuns: 400 },
  );
});

/** As `journalctl -o export` writes it, decoded as hunt decodes it. */
function exportOf(entry: Readonly<Record<string, string>>, isBinary: boolean): string {
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(entry)) {
    if (name !== "MESSAGE" || !isBinary) parts.push(Buffer.from(`${name}=${value}\n`));
    else {
      const size = Buffer.alloc(8);
      size.writeBigUInt64LE(BigInt(Buffer.byteLength(value)));
      parts.push(Buffer.from(`${name}\n`), size, Buffer.from(`${value}\n`));
    }
  }
  return `${Buffer.concat(parts).toString("utf8")}\n`;
}

describe("rows of syslog", () => {
  const at = (row: string, setting: Parameters<typeof readLog>[2] = {}): readonly unknown[] =>
    readLog(SYSLOG, row, setting).events.map((event) => [event["at"], event["observer"]]);
  const message = "Started ollama.service - Ollama Service.";

  test.for([
    ["Jan  3 00:00:01 gpu-1 systemd[1]: ", "2026-01-03T00:00:01.000Z"],
    ["Jan 13 00:00:01.250000 gpu-1 systemd[1]: ", "2026-01-13T00:00:01.250Z"],
    ["<30>Jan 13 00:00:01 gpu-1 systemd: ", "2026-01-13T00:00:01.000Z"],
    ["2026-01-13T00:00:01+0200 gpu-1 systemd[1]: ", "2026-01-12T22:00:01.000Z"],
    ["Tue 2026-01-13 00:00:01 +0200 gpu-1 systemd[1]: ", "2026-01-12T22:00:01.000Z"],
    ["Tue 2026-01-13 00:00:01 UTC gpu-1 init.scope[1]: ", "2026-01-13T00:00:01.000Z"],
    ["1768262401.5 gpu-1 systemd[1]: ", "2026-01-13T00:00:01.500Z"],
    ["<30>1 2026-01-13T00:00:01Z gpu-1 systemd 1 - - ", "2026-01-13T00:00:01.000Z"],
    [String.raw`<30>1 2026-01-13T00:00:01Z gpu-1 systemd 1 m [a b="\"]c"][d] `, "2026-01-13T00:00:01.000Z"],
  ] as const)("%s", ([head, time]) => {
    expect(at(`${head}${message}`)).toEqual([[time, "gpu-1"]]);
  });

  test("rows of a later month than the file's last change are of the year before", () => {
    const rows = `Dec 31 23:59:59 gpu-1 systemd[1]: ${message}\nJan  1 00:00:01 gpu-1 systemd[1]: ${message}`;
    expect(at(rows, { year: 2026, month: 1 })).toEqual([
      ["2025-12-31T23:59:59.000Z", "gpu-1"],
      ["2026-01-01T00:00:01.000Z", "gpu-1"],
    ]);
  });

  test("a record of the audit system tells the zone of the rows around it", () => {
    const rows = [
      `Jan 13 05:30:00 gpu-1 systemd[1]: ${message}`,
      "Jan 13 05:30:01 gpu-1 audit[9]: type=1305 audit(1768262401.000:7): op=set audit_enabled=1",
    ];
    expect(at(rows.join("\n"))[0]).toEqual(["2026-01-13T00:00:00.000Z", "gpu-1"]);
  });

  test.for([
    "Feb 30 00:00:01 gpu-1 systemd[1]: x",
    "Jan 13 00:00:01 gpu-1",
    "Jan 13",
    "<30>1 yesterday h p 1 - - x",
    "x",
  ])("%s is none", (row) => {
    expect(readLog(SYSLOG, row).rejected).toEqual(["1 not-of-this-log"]);
  });
});
