import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeAuditKey } from "../../../src/gateway/record/audit-key.io.ts";
import { openAuditTrail } from "../../../src/gateway/record/audit-trail.io.ts";
import { recordLine } from "../../../src/gateway/record/record-line.ts";
import { runGatewayAuditVerify } from "../../../src/gateway/record/verify-command.io.ts";
import { testTerminal } from "../../support/test-terminal.ts";
import { recordRow } from "./record-rows.ts";

let folder = "";
let audit = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-verify-"));
  audit = join(folder, "gateway-state", "audit");
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Writes rows on a day, in files of about so many bytes. */
async function write(rows: number, day: string, fileBytes = 5000): Promise<void> {
  const clock = { epochMs: () => Date.parse(`${day}T12:00:00Z`), monotonicMs: () => 0 };
  const { trail } = await openAuditTrail(join(folder, "gateway-state"), { checkpointSeconds: 60, clock, fileBytes });
  for (let row = 0; row < rows; row += 1) trail.append([recordLine(recordRow({ id: `${day}-${row}` }))]);
  await trail.close();
}

/** What the command says of the trail. */
async function verify(
  options: Readonly<Record<string, string | boolean>> = {},
): Promise<{ readonly code: number; readonly out: string; readonly said: string }> {
  const terminal = testTerminal(folder);
  const code = await runGatewayAuditVerify([], options, terminal);
  return { code, out: terminal.written.out, said: terminal.written.said };
}

const files = async (): Promise<readonly string[]> => (await readdir(audit)).toSorted();

test("a trail of many files and days is whole; each file ends in a checkpoint", async () => {
  await write(30, "2026-01-10");
  await write(3, "2026-01-12");
  expect(await files()).toEqual([
    "audit-20260110-001.jsonl",
    "audit-20260110-002.jsonl",
    "audit-20260110-003.jsonl",
    "audit-20260110-004.jsonl",
    "audit-20260112-001.jsonl",
  ]);
  for (const name of await files()) {
    const lines = (await readFile(join(audit, name), "utf8")).trimEnd().split("\n");
    expect(lines.at(-1)).toContain('"checkpoint":');
  }
  expect(await verify()).toEqual({
    code: 0,
    out: "the trail is whole\n38 lines: 33 rows, 5 checkpoints\nsigned until line 38, 2026-01-12T12:00:00.000Z\n",
    said: "",
  });
});

test.for([
  ["the first file", 0, /lines 1 to 10 are missing before line 11/u],
  ["a file in the middle", 2, /lines 21 to 30 are missing before line 31/u],
  ["the last file", 3, /the trail was cut: line 34, a checkpoint kept in audit-head\.json, is not in it/u],
] as const)("%s gone is found", async ([, at, words]) => {
  await write(30, "2026-01-10");
  await rm(join(audit, (await files())[at] ?? ""));
  const { code, out, said } = await verify();
  expect(code).toBe(1);
  expect(out).toMatch(/^the trail is NOT whole/u);
  expect(said).toMatch(words);
});

test("files removed on purpose are no finding when the first that is kept is named; everything else is", async () => {
  await write(30, "2026-01-10");
  const [first = "", second = "", third = ""] = await files();
  await rm(join(audit, first));
  expect((await verify()).code).toBe(1);
  expect(await verify({ from: second })).toMatchObject({ code: 0, said: "" });
  await expect(verify({ from: first })).rejects.toThrow(/--from: audit-20260110-001\.jsonl is no file of the trail/u);
  const path = join(audit, second);
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace(/"prev":"./u, '"prev":"x'));
  expect((await verify({ from: second })).code).toBe(1);
  await writeFile(path, text.replace(/"seq":11,"prev":"[0-9a-f]{8}/u, '"seq":11,"prev":"00000000'));
  expect((await verify({ from: second })).code).toBe(1);
  await writeFile(path, text);
  await rm(join(audit, third));
  expect((await verify({ from: second })).said).toMatch(/lines 21 to 30 are missing/u);
});

test("two files that changed names are found", async () => {
  await write(30, "2026-01-10");
  const [first = "", second = ""] = await files();
  const [one, two] = await Promise.all([readFile(join(audit, first)), readFile(join(audit, second))]);
  await Promise.all([writeFile(join(audit, first), two), writeFile(join(audit, second), one)]);
  expect((await verify()).code).toBe(1);
});

test("a trail put back to an older state, its head with it, is found by a checkpoint kept elsewhere", async () => {
  await write(5, "2026-01-10");
  const state = join(folder, "gateway-state");
  const [name = ""] = await files();
  const old = await Promise.all([readFile(join(audit, name)), readFile(join(state, "audit-head.json"))]);
  await write(5, "2026-01-10");
  await writeFile(join(folder, "kept.json"), await readFile(join(state, "audit-head.json")));
  expect((await verify({ checkpoint: "kept.json" })).code).toBe(0);
  for (const extra of (await files()).slice(1)) await rm(join(audit, extra));
  await Promise.all([writeFile(join(audit, name), old[0]), writeFile(join(state, "audit-head.json"), old[1])]);
  expect((await verify()).code).toBe(0);
  const { code, said } = await verify({ checkpoint: "kept.json" });
  expect([code, said]).toEqual([1, expect.stringMatching(/a checkpoint kept in kept\.json, is not in it/u)]);
});

test("the public key of another gateway fits nothing", async () => {
  await write(5, "2026-01-10");
  await makeAuditKey(join(folder, "other"));
  const { code, said } = await verify({ "public-key": "other/audit-key.pub.pem" });
  expect(code).toBe(1);
  expect(said).toMatch(/audit-20260110-001\.jsonl:6: the checkpoint's signature does not hold/u);
});

test("a trail that was cut before a start says so for ever", async () => {
  await write(20, "2026-01-10");
  for (const name of (await files()).slice(1)) await rm(join(audit, name));
  const clock = { epochMs: () => Date.parse("2026-01-10T13:00:00Z"), monotonicMs: () => 0 };
  const { trail, story } = await openAuditTrail(join(folder, "gateway-state"), { checkpointSeconds: 60, clock });
  await trail.close();
  expect(story.join()).toMatch(/was cut: it ends at line 10, but checkpoint 23 was written/u);
  const { code, said } = await verify();
  expect([code, said]).toEqual([1, expect.stringMatching(/had been cut before this line/u)]);
});

test("a trail without its signing key is not gone on with under another", async () => {
  await write(1, "2026-01-10");
  await rm(join(folder, "gateway-state", "audit-key.pem"));
  await expect(openAuditTrail(join(folder, "gateway-state"), { checkpointSeconds: 60 })).rejects.toThrow(
    /no such file/u,
  );
});

test("no trail, no key, no such file: complaints, not stack traces", async () => {
  await expect(verify()).rejects.toThrow(/audit-key\.pub\.pem: no such file/u);
  await makeAuditKey(join(folder, "gateway-state"));
  await expect(verify()).rejects.toThrow(/holds no audit trail/u);
  await writeFile(join(folder, "x.pem"), "x");
  await expect(verify({ "public-key": "x.pem" })).rejects.toThrow(/holds no key that can be read/u);
});

test("as JSON: findings with their places", async () => {
  await write(30, "2026-01-10");
  const path = join(audit, "audit-20260110-002.jsonl");
  await writeFile(path, (await readFile(path, "utf8")).replace('"status":200', '"status":201'));
  const { code, out } = await verify({ json: true });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    findings: [
      {
        place: { file: "audit-20260110-002.jsonl", line: 1 },
        message: expect.stringMatching(/^line 11 or what line 12 says/u) as string,
      },
    ],
    rows: 30,
  });
});
