import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import type { RecordBatch } from "../../../src/gateway/record/record-tally.ts";
import { createRecorder } from "../../../src/gateway/record/recorder.io.ts";
import type { WorkerBatch } from "../../../src/gateway/record/recorder.io.ts";
import { recordRow } from "./record-rows.ts";

test("256 rows leave at once, the rest a little later, all in order", async () => {
  const batches: RecordBatch[] = [];
  const recorder = createRecorder((batch) => batches.push(batch));
  for (let number = 0; number < 300; number += 1) recorder.add(recordRow({ id: `r${number}` }));
  expect(batches.map(({ lines }) => lines.length)).toEqual([256]);
  while (batches.length < 2) await wait(5);
  const ids = batches.flatMap(({ lines }) => lines.map((line) => (JSON.parse(line) as { readonly id: string }).id));
  expect(ids).toEqual(Array.from({ length: 300 }, (_, number) => `r${number}`));
});

test("a flush sends what is held, and nothing twice", async () => {
  const batches: RecordBatch[] = [];
  const recorder = createRecorder((batch) => batches.push(batch));
  recorder.add(recordRow());
  recorder.flush();
  recorder.flush();
  await wait(40);
  expect(batches).toHaveLength(1);
});

test("rows that are alike are summed; those that differ in anything told apart are not", () => {
  const batches: RecordBatch[] = [];
  const recorder = createRecorder((batch) => batches.push(batch));
  recorder.add(recordRow());
  recorder.add(recordRow({ key: "ffffffff" }));
  recorder.add(recordRow({ model: null }));
  recorder.add(recordRow({ ended: "client-left", counted: "estimate" }));
  recorder.add(recordRow({ at: "2026-01-11T00:00:00.000Z" }));
  recorder.add(recordRow({ waitMs: 35 }));
  recorder.flush();
  expect(batches[0]?.tallies.map(({ requests }) => requests)).toEqual([2, 1, 1, 1, 1]);
  expect(batches[0]?.tallies[0]).toMatchObject({ promptTokens: 52, answerTokens: 596, modelMs: 8435, bytesIn: 560 });
});

test("a request at work is announced once two batches have passed, told again when asked, and its end told with its row", async () => {
  const batches: WorkerBatch[] = [];
  const recorder = createRecorder((batch) => batches.push(batch));
  const [short, long] = ["short", "long"].map((id) => ({
    id,
    standing: () => recordRow({ id, ended: "worker-died" }),
  }));
  if (short === undefined || long === undefined) throw new Error("unreachable");
  recorder.began(short);
  recorder.began(long);
  recorder.add(recordRow({ id: "short" }), short);
  while (batches.length < 2) await wait(5);
  recorder.restate();
  recorder.add(recordRow({ id: "long" }), long);
  recorder.flush();
  recorder.restate();
  await wait(60);
  const ids = (texts: readonly string[]): readonly string[] => texts.map((text) => text.split(" ")[0] ?? "");
  expect(batches.map(({ lines, standing, ended }) => [lines.length, ids(standing), ended])).toEqual([
    [1, [], []],
    [0, ["long"], []],
    [0, ["long"], []],
    [1, [], ["long"]],
  ]);
});

test("what is counted alone leaves without a row, and counts", async () => {
  const batches: WorkerBatch[] = [];
  const recorder = createRecorder((batch) => batches.push(batch));
  const asked = { id: "a", standing: () => recordRow() };
  recorder.began(asked);
  recorder.count(recordRow({ key: null }), asked);
  while (batches.length === 0) await wait(5);
  expect(batches.map(({ lines, tallies }) => [lines, tallies.map(({ requests }) => requests)])).toEqual([[[], [1]]]);
});
