import { execFileSync } from "node:child_process";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gin, huntCase, listening } from "./hunt-case.ts";
import type { HuntCase } from "./hunt-case.ts";

let here: HuntCase;
beforeAll(() => {
  here = huntCase();
});
afterAll(() => {
  here.remove();
});

const WIDE = listening("2026-01-30T10:00:00.520+02:00", "[::]:11434");
const LOG = [
  WIDE,
  gin("2026/01/30 - 10:05:11", "127.0.0.1", "GET /api/tags", 200, "12.291µs"),
  gin("2026/01/30 - 10:05:12", "203.0.113.9", "DELETE /api/delete"),
].join("");

test.for([
  ["plain", "server.log", (text: string) => Buffer.from(text)],
  ["gz", "server.log.gz", (text: string) => gzipSync(text)],
  ["zst", "server.log.zst", (text: string) => zstdCompressSync(text)],
  ["a name with quotes and spaces", "it's a 'log'.log", (text: string) => Buffer.from(text)],
  ["a name with an escape in it", "od\u001bd.log", (text: string) => Buffer.from(text)],
] as const)("the command beside a row shows that row: %s", async ([, name, pack]) => {
  here.write(name, pack(LOG));
  const { alerts, code } = await here.told([name]);
  expect(code).toBe(0);
  expect(alerts.map(({ detection }) => detection)).toContain("listen-on-every-address");
  const rows = alerts.flatMap(({ evidence }) => evidence);
  expect(new Set(rows.map(({ line }) => line))).toEqual(new Set([1, 3]));
  for (const { show, row } of rows) {
    const shown = execFileSync("bash", ["-c", show ?? "false"], { cwd: here.folder, encoding: "utf8" });
    expect(shown).toBe(`${row}\n`);
  }
});

test("a place is the byte at which the row begins", async () => {
  here.write("server.log", LOG);
  const { alerts } = await here.told(["server.log"]);
  for (const { offset, row } of alerts.flatMap(({ evidence }) => evidence)) {
    expect(Buffer.from(LOG).subarray(offset).toString().startsWith(`${row}\n`)).toBe(true);
  }
});

test("an address that only a header claims is never the peer; a proxy that saw the connection names it", async () => {
  here.write("server.log", LOG);
  here.write("access.log", '203.0.113.77 - - [30/Jan/2026:08:05:12 +0000] "POST /api/chat HTTP/1.1" 200 5 "-" "x"\n');
  const alone = await here.told(["server.log"]);
  expect(alone.alerts.map(({ peer }) => peer)).toEqual(alone.alerts.map(() => null));
  expect(alone.alerts.some(({ peer_trust: trust }) => trust === "claimed")).toBe(true);
  const { out } = await here.hunt(["server.log"]);
  expect(out).toContain("a header may have claimed 203.0.113.9, which no connection confirms: blame nobody by it");
  const both = await here.told(["server.log", "access.log"]);
  expect(both.alerts.filter(({ peer }) => peer !== null).map(({ peer }) => peer)).toContain("203.0.113.77");
  expect(both.alerts.filter(({ peer }) => peer === "203.0.113.9")).toEqual([]);
});

test("the zone of a row without one is told, and --tz decides it", async () => {
  here.write("server.log", LOG);
  here.write("bare.log", gin("2026/01/30 - 10:05:12", "203.0.113.9", "DELETE /api/delete"));
  const beside = await here.told(["server.log"]);
  expect(Object.values(beside.logs[0]?.zones ?? {}).join(" ")).toContain("+02:00");
  const given = await here.told(["bare.log"], { tz: "-05:30" });
  expect(Object.values(given.logs[0]?.zones ?? {}).join(" ")).toContain("-05:30");
  expect(given.alerts[0]?.first_at.slice(0, 16)).toBe("2026-01-30T15:35");
  here.write("summer.log", gin("2026/07/30 - 10:05:12", "203.0.113.9", "DELETE /api/delete"));
  const named = await here.told(["bare.log", "summer.log"], { tz: "Europe/Berlin" });
  expect(Object.values(named.logs[0]?.zones ?? {}).join(" ")).toContain("Europe/Berlin");
  expect(named.alerts.map((alert) => alert.first_at.slice(0, 16))).toEqual(["2026-01-30T09:05", "2026-07-30T08:05"]);
});

test("--show prints one row, made visible", async () => {
  here.write("odd.log", "a\n\u001b[2Jb\n");
  expect(await here.hunt([], { show: "odd.log:2" })).toEqual({ code: 0, out: "⟨U+001B⟩[2Jb\n", said: "" });
  await expect(here.hunt([], { show: "odd.log:9" })).rejects.toThrow("odd.log: has no row or record 9");
  await expect(here.hunt(["odd.log"], { show: "odd.log" })).rejects.toThrow(/not FILE:N.*\n.*stands alone/u);
});

test("several sources of one time are one timeline", async () => {
  here.write("a.log", [WIDE, gin("2026/01/30 - 10:05:12", "203.0.113.9", "DELETE /api/delete")].join(""));
  here.write("b.log", gin("2026/01/30 - 08:03:00", "203.0.113.9", "DELETE /api/delete"));
  const { alerts } = await here.told(["a.log", "b.log"], { only: ["remote-delete", "listen-on-every-address"] });
  const times = alerts.map(({ first_at: at }) => at);
  expect(times).toEqual(times.toSorted());
});

test("a forged address is a finding against the one who connected, never against the one it names", async () => {
  const connected = (ts: number): string =>
    `${JSON.stringify({
      ts,
      uid: `C${ts}`,
      "id.orig_h": "203.0.113.77",
      "id.orig_p": 51_000,
      "id.resp_h": "198.51.100.10",
      "id.resp_p": 11_434,
      proto: "tcp",
      duration: 2,
      orig_bytes: 500,
      resp_bytes: 9000,
      conn_state: "SF",
    })}\n`;
  const asked = gin("2026/01/30 - 10:05:11", "198.51.100.200", "POST /api/chat", 200, "1.2s");
  here.write("forged.log", listening("2026-01-30T10:00:00.520+02:00") + asked);
  here.write("conn.log", connected(1_769_760_310));
  const { alerts } = await here.told(["forged.log", "conn.log"]);
  const forged = alerts.find(({ detection }) => detection === "forged-address");
  expect([forged?.peer, forged?.evidence.map(({ file }) => file)]).toEqual([
    "203.0.113.77",
    ["forged.log", "conn.log"],
  ]);
  expect(alerts.filter(({ peer }) => peer === "198.51.100.200")).toEqual([]);
});
