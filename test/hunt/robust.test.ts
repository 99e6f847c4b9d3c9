import { execFileSync, spawn } from "node:child_process";
import { chmodSync, createWriteStream, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
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

const DELETED = gin("2026/01/30 - 10:05:12", "203.0.113.9", "DELETE /api/delete");
const LOCAL = gin("2026/01/30 - 10:05:11", "127.0.0.1", "GET /api/tags");
const HEAD = listening("2026-01-30T10:00:00.520+00:00");

test("a gz that is cut short is read as far as it goes", async () => {
  const packed = gzipSync(HEAD + DELETED + LOCAL.repeat(5000), { level: 0 });
  here.write("server.log.gz", packed.subarray(0, packed.length / 2));
  const { code, logs, not_read: unread, alerts } = await here.told(["server.log.gz"]);
  expect(code).toBe(3);
  expect(logs[0]?.rows).toBeGreaterThan(1000);
  expect(alerts.length).toBeGreaterThan(0);
  expect(unread.map(({ path, incomplete }) => [path, incomplete])).toEqual([["server.log.gz", true]]);
  expect(unread[0]?.reason).toContain("in the middle of its gz data");
});

test("a file that is named wrongly is read by its content", async () => {
  here.write("server.log.gz", HEAD + DELETED);
  const { code, logs } = await here.told(["server.log.gz"]);
  expect(code).toBe(0);
  expect(logs[0]?.rows).toBe(2);
});

test("binary junk is no log; a folder tells it aside, a name makes the hunt incomplete", async () => {
  mkdirSync(join(here.folder, "logs"));
  here.write(
    "logs/junk.bin",
    Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256),
  );
  here.write("logs/server.log", HEAD + DELETED);
  const walked = await here.told(["logs"]);
  expect([walked.code, walked.not_read.map(({ incomplete }) => incomplete), walked.logs.length]).toEqual([
    0,
    [false],
    1,
  ]);
  const named = await here.told(["logs/junk.bin"]);
  expect([named.code, named.not_read.map(({ incomplete }) => incomplete)]).toEqual([3, [true]]);
});

test("nothing at all: an empty file, an empty folder", async () => {
  here.write("empty.log", "");
  mkdirSync(join(here.folder, "none"));
  const { code, logs, alerts } = await here.told(["empty.log", "none"]);
  expect([code, logs, alerts]).toEqual([3, [], []]);
});

test("a file that is not there, one that may not be read and a link into nowhere do not hold up the rest", async () => {
  here.write("server.log", HEAD + DELETED);
  symlinkSync("nowhere", join(here.folder, "link.log"));
  chmodSync(here.write("closed.log", HEAD), 0);
  const isRoot = process.getuid?.() === 0;
  const { code, not_read: unread, logs } = await here.told(["absent.log", "link.log", "closed.log", "server.log"]);
  expect(code).toBe(3);
  const missing = isRoot ? ["absent.log", "link.log"] : ["absent.log", "closed.log", "link.log"];
  expect(unread.map(({ path }) => path).toSorted()).toEqual(missing);
  expect(logs.length).toBe(isRoot ? 2 : 1);
});

test("two logs in one file are both read, and what is neither is counted with its place", async () => {
  const clf = '203.0.113.7 - - [30/Jan/2026:10:06:00 +0000] "POST /api/chat HTTP/1.1" 200 5 "-" "x"\n';
  here.write("mixed.log", clf + (LOCAL + clf).repeat(300));
  const { logs, alerts } = await here.told(["mixed.log"]);
  expect(logs[0]?.grammars.length).toBe(2);
  expect(logs[0]?.events).toBe(601);
  expect(alerts.some(({ peer }) => peer === "203.0.113.7")).toBe(true);
});

test("control characters and bidirectional marks never reach the terminal", async () => {
  here.write(
    "server.log",
    HEAD + gin("2026/01/30 - 10:05:12", "203.0.113.9", "DELETE /api/delete?\u001b[2J\u202e\u0007"),
  );
  for (const format of ["terminal", "json", "csv", "markdown", "html", "sarif", "ocsf", "stix"]) {
    const { out } = await here.hunt(["server.log"], { format });
    expect(out.length).toBeGreaterThan(100);
    expect(out).not.toMatch(/[^\P{C}\n]/u);
  }
});

test("a clock that jumps a year ahead and back loses no row", async () => {
  const times = Array.from({ length: 300 }, (_, at) => {
    const second = String(at % 60).padStart(2, "0");
    const minute = String(Math.floor(at / 60)).padStart(2, "0");
    return gin(`${at === 100 ? "2027" : "2026"}/01/30 - 10:${minute}:${second}`, "203.0.113.9", "DELETE /api/delete");
  });
  here.write("server.log", HEAD + times.join(""));
  const { logs, alerts } = await here.told(["server.log"]);
  expect([logs[0]?.events, logs[0]?.clock_set_back]).toEqual([301, 1]);
  const deleted = alerts.filter(({ detection }) => detection.includes("delet"));
  expect(deleted.reduce((sum, { rows }) => sum + rows, 0)).toBe(300);
});

test("a row that one file begins and the next one ends is one row", async () => {
  const all = HEAD + LOCAL + DELETED + LOCAL;
  const cut = HEAD.length + LOCAL.length + 40;
  here.write("server.log.1", all.slice(0, cut));
  here.write("server.log", all.slice(cut));
  const { logs, alerts, code } = await here.told(["server.log", "server.log.1"]);
  expect([code, logs.length, logs[0]?.rows, logs[0]?.rejected]).toEqual([0, 1, 4, {}]);
  expect(logs[0]?.files).toEqual(["server.log.1", "server.log"]);
  const [first] = alerts.flatMap(({ evidence }) => evidence);
  expect([first?.file, first?.line, first?.row]).toEqual(["server.log.1", 3, DELETED.trimEnd()]);
});

test("rows of the newer file are counted from its own beginning", async () => {
  here.write("server.log.1", HEAD + LOCAL);
  here.write("server.log", LOCAL + DELETED);
  const { alerts } = await here.told(["server.log.1", "server.log"]);
  const [first] = alerts.flatMap(({ evidence }) => evidence);
  expect([first?.file, first?.line, first?.offset]).toEqual(["server.log", 2, LOCAL.length]);
});

test("an unfinished row before a whole one stays alone", async () => {
  here.write("server.log.1", HEAD + LOCAL.slice(0, 30));
  here.write("server.log", LOCAL + DELETED);
  const { alerts, logs } = await here.told(["server.log.1", "server.log"]);
  expect(logs[0]?.rows).toBe(4);
  expect(alerts.flatMap(({ evidence }) => evidence)[0]?.file).toBe("server.log");
});

test("a pipe with a name is read once, from its beginning", async () => {
  const path = join(here.folder, "pipe");
  execFileSync("mkfifo", [path]);
  const told = here.told(["pipe"]);
  const writer = createWriteStream(path);
  writer.end(HEAD + DELETED);
  const { logs, alerts } = await told;
  expect([logs[0]?.rows, alerts.length > 0]).toEqual([2, true]);
});

const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(
  "import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS/1024)))",
)}`;

test(
  "a row of 300 MB is told by its place, the rows around it are read, memory stays below 250 MB",
  { timeout: 180_000 },
  async () => {
    const child = spawn(process.execPath, ["--import", TELL_MEMORY, MAIN, "hunt", "-", "--json"], {
      cwd: here.folder,
      stdio: ["pipe", "pipe", "inherit", "pipe"],
    });
    const texts = { out: "", memory: "" };
    child.stdout?.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
    child.stdio[3]?.on("data", (chunk: Buffer) => (texts.memory += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    const piece = Buffer.alloc(1 << 20, 0x78);
    const write = (bytes: string | Uint8Array): Promise<void> =>
      new Promise((resolve) => child.stdin?.write(bytes, () => resolve()));
    await write(HEAD + DELETED);
    for (let at = 0; at < 300; at += 1) await write(piece);
    await write(`\n${LOCAL}`);
    child.stdin?.end();
    expect(await ended).toBe(3);
    const { logs } = JSON.parse(texts.out) as Awaited<ReturnType<HuntCase["told"]>>;
    expect([logs[0]?.rows, logs[0]?.rejected]).toEqual([
      4,
      { "row-too-long": { count: 1, first: [{ file: "-", line: 3, offset: HEAD.length + DELETED.length }] } },
    ]);
    expect(Number(texts.memory)).toBeLessThan(250);
  },
);

test("a kill while --out is written leaves the old file or the new one", { timeout: 120_000 }, async () => {
  here.write("server.log", HEAD + DELETED.repeat(20_000));
  const old = "old\n".repeat(10);
  for (const waitMs of [0, 400, 1200]) {
    here.write("hunt.json", old);
    const child = spawn(process.execPath, [MAIN, "hunt", "server.log", "--json", "--out", "hunt.json"], {
      cwd: here.folder,
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    child.kill("SIGKILL");
    await ended;
    const text = readFileSync(join(here.folder, "hunt.json"), "utf8");
    expect(text === old || JSON.parse(text) !== null).toBe(true);
  }
  const done = await here.hunt(["server.log"], { json: true, out: "hunt.json" });
  expect(done).toEqual({ code: 0, out: "", said: "" });
  expect(readdirSync(here.folder)).toContain("hunt.json");
});

test("a hunt that is stopped while nobody writes to its pipe ends at once, and writes nothing", async () => {
  const child = spawn(process.execPath, [MAIN, "hunt", "-", "--out", "hunt.json", "--json"], {
    cwd: here.folder,
    stdio: ["pipe", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  child.stdin.write(HEAD + DELETED);
  setTimeout(() => child.kill("SIGINT"), 4000);
  expect(await ended).toBe(130);
  expect([said, readdirSync(here.folder)]).toEqual(["error: stopped; nothing was written\n", []]);
});
