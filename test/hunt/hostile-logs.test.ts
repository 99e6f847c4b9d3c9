import { linkSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gin, huntCase, listening } from "./hunt-case.ts";
import type { HuntCase } from "./hunt-case.ts";

let here: HuntCase;
beforeEach(() => {
  here = huntCase();
});
afterEach(() => {
  here.remove();
});

const HEAD = listening("2026-01-30T10:00:00.520+00:00");
const DELETED = gin("2026/01/30 - 10:05:12", "203.0.113.9", "DELETE /api/delete");
const ACCESS = '192.0.2.44 - - [30/Jan/2026:10:06:00 +0000] "DELETE /api/delete HTTP/1.1" 200 5 "-" "x"\n';

test.for([
  ["gin", gin("2026/01/30 - 10:05:12", "203.0.113.9", "POST /api/chat", 200, "2500000000h")],
  [
    "caddy",
    '{"level":"info","ts":1e300,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"203.0.113.7","method":"POST","uri":"/api/chat"},"status":200}\n',
  ],
  [
    "journald",
    '{"__REALTIME_TIMESTAMP":"8640000000000000000","_COMM":"ollama","SYSLOG_IDENTIFIER":"ollama","MESSAGE":"[GIN] 2026/01/30 - 10:05:12 | 200 | 1s | 203.0.113.9 | POST \\"/api/chat\\""}\n',
  ],
] as const)(
  "a time that no calendar has is told with its place, in a log of %s, and the rest goes on",
  async ([, row]) => {
    here.write("odd.log", row);
    here.write("server.log", HEAD + DELETED);
    const { code, logs, alerts } = await here.told(["odd.log", "server.log"]);
    expect(code).toBe(3);
    expect(Object.values(logs[0]?.rejected ?? {}).map(({ count, first }) => [count, first])).toEqual([
      [1, [{ file: "odd.log", line: 1, offset: 0 }]],
    ]);
    expect(alerts.map(({ detection }) => detection)).toContain("remote-delete");
  },
);

test("a flood of one kind of alert, which a header can make, hides no graver one, on the screen and for --fail-on", async () => {
  const flood = Array.from({ length: 2500 }, (_, at) =>
    gin("2026/01/30 - 10:05:12", `198.51.${100 + (at >> 8)}.${at & 255}`, "DELETE /api/delete"),
  );
  const chain = ["POST /api/blobs/sha256:aa", "POST /api/create", "POST /api/push"].map((asked, at) =>
    gin(`2026/01/30 - 11:00:0${at}`, "203.0.113.9", asked),
  );
  here.write("server.log", [...flood, ...chain].join(""));
  const { alerts } = await here.told(["server.log"]);
  expect(alerts.filter(({ detection }) => detection === "remote-delete").length).toBe(2000);
  expect(alerts.filter(({ severity }) => severity === "critical").length).toBe(1);
  const { code, out } = await here.hunt(["server.log"], { "fail-on": "critical" });
  expect(code).toBe(1);
  expect(out).toContain("CRITICAL");
});

test("a report does not take the place of a log it is made from, by whatever name", async () => {
  mkdirSync(join(here.folder, "logs"));
  here.write("logs/server.log", HEAD + DELETED);
  symlinkSync("logs/server.log", join(here.folder, "latest.log"));
  for (const out of ["logs/server.log", "./logs/../logs/server.log", "latest.log"]) {
    await expect(here.hunt(["logs"], { out })).rejects.toThrow("one of the logs to be read");
  }
  expect(readFileSync(join(here.folder, "logs/server.log"), "utf8")).toBe(HEAD + DELETED);
});

test("a log of two names is read once", async () => {
  mkdirSync(join(here.folder, "logs"));
  here.write("logs/server.log", HEAD + DELETED);
  symlinkSync("server.log", join(here.folder, "logs/current.log"));
  linkSync(join(here.folder, "logs/server.log"), join(here.folder, "logs/copy.log"));
  const { logs } = await here.told(["logs"]);
  expect(logs.map(({ rows }) => rows)).toEqual([2]);
});

const EVE =
  '{"timestamp":"2026-01-30T10:10:00.000000+0000","flow_id":1,"event_type":"flow","src_ip":"198.51.100.80","src_port":40000,"dest_ip":"10.0.0.5","dest_port":11434,"proto":"TCP","flow":{"pkts_toserver":5,"pkts_toclient":6,"bytes_toserver":900,"bytes_toclient":9000,"start":"2026-01-30T10:09:50.000000+0000","end":"2026-01-30T10:10:00.000000+0000","state":"closed"}}\n';
const VPC = "2 123456789010 eni-0a 198.51.100.81 10.0.0.5 40000 11434 6 20 4249 1769767800 1769767860 ACCEPT OK\n";
const ZEEK =
  '{"ts":1769767800.5,"uid":"C1","id.orig_h":"198.51.100.82","id.orig_p":40000,"id.resp_h":"10.0.0.5","id.resp_p":11434,"proto":"tcp","duration":1.5,"orig_bytes":900,"resp_bytes":9000,"conn_state":"SF","history":"ShADadFf"}\n';

test.for([
  ["Suricata", [DELETED, EVE], ["ollama-server", "suricata-eve"]],
  ["Suricata, a space behind each colon", [DELETED, EVE.replaceAll('":', '": ')], ["ollama-server", "suricata-eve"]],
  ["a VPC", [DELETED, VPC], ["ollama-server", "aws-vpc-flow"]],
  ["an access log and Zeek", [DELETED, ACCESS, ZEEK], ["access-log", "ollama-server", "zeek-json"]],
] as const)(
  "every row of a file is read in which Ollama's stand in turn with those of %s",
  async ([, kinds, grammars]) => {
    for (const times of [30, 300]) {
      here.write("mixed.log", kinds.join("").repeat(times));
      const { code, logs } = await here.told(["mixed.log"]);
      expect([code, logs[0]?.rows, logs[0]?.rejected]).toEqual([0, kinds.length * times, {}]);
      // Rows of one flow, both ways and again, are told as one.
      const events = kinds.some((kind) => kind === VPC) ? times + 1 : kinds.length * times;
      expect(logs[0]?.events).toBe(events);
      expect(logs[0]?.grammars.toSorted()).toEqual(grammars.toSorted());
    }
  },
);

test("JSON with a space behind each colon is the same log", async () => {
  const row =
    '{"level": "info", "ts": 1769767800.0, "logger": "http.log.access", "msg": "handled request", "request": {"remote_ip": "198.51.100.90", "method": "DELETE", "uri": "/api/delete"}, "status": 200}\n';
  here.write("access.json", row);
  const { logs } = await here.told(["access.json"]);
  expect([logs[0]?.grammars, logs[0]?.events]).toEqual([["caddy-access"], 1]);
});

test("nobody is to be kept away by an address that only a header claims; one that connected is named", async () => {
  here.write("server.log", HEAD + gin("2026/01/30 - 10:05:12", "203.0.113.9", "POST /api/chat"));
  here.write("access.log", ACCESS.replace("DELETE /api/delete", "POST /api/chat"));
  for (const format of ["terminal", "json", "markdown", "html"]) {
    const claimed = await here.hunt(["server.log"], { format });
    expect(claimed.out).toContain("stranger-inference");
    expect(claimed.out).not.toContain("Keep the address away");
    const { out } = await here.hunt(["access.log"], { format });
    expect(out).toContain("ip saddr 192.0.2.44 tcp dport 11434 drop");
  }
});
