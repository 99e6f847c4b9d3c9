import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startWriter } from "./writer-process.ts";
import type { Writer, WriterWords } from "./writer-process.ts";

let state = "";
let writer: Writer | null = null;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "corral-record-stalled-"));
});

afterEach(async () => {
  await writer?.kill();
  await rm(state, { recursive: true, force: true });
});

test("a disk that neither takes nor refuses counts as gone after a while; when it answers again nothing is lost", async () => {
  writer = startWriter(state);
  await writer.until(({ story }) => story !== undefined);
  expect(await writer.ask("add 5")).toMatchObject({ synced: true, available: true, turns: [] });
  await writer.ask("stall");
  const begun = await writer.ask("push 3");
  // Slow is not gone: what is under way is waited for.
  expect(begun).toMatchObject({ available: true, turns: [] });
  let look: WriterWords = begun;
  while (look.available === true) {
    await wait(100);
    look = await writer.ask("look");
  }
  expect(look).toMatchObject({ available: false, turns: ["the disk does not answer"] });
  expect(look.pending).toBeGreaterThan(0);
  const more = await writer.ask("push 2");
  expect(more.pending).toBeGreaterThan(look.pending ?? 0);
  expect(await writer.ask("unstall")).toMatchObject({
    synced: true,
    available: true,
    pending: 0,
    turns: ["the disk does not answer", null],
  });
  expect(await writer.ask("add 1")).toMatchObject({ synced: true, rows: 11 });
  expect(await writer.ask("verify")).toMatchObject({ verdict: { findings: [], rows: 11 }, gaps: [] });
});
