import { expect, test } from "vitest";
import { ArrivalQueue } from "./arrival-queue.ts";

test("the oldest is the first that came and is not done", () => {
  const queue = new ArrivalQueue<{ isDone: boolean; name: string }>();
  const [a, b, c] = ["a", "b", "c"].map((name) => ({ isDone: false, name }));
  if (a === undefined || b === undefined || c === undefined) throw new Error("three");
  for (const one of [a, b, c]) queue.push(one);
  expect(queue.oldest()).toBe(a);
  queue.done(b);
  queue.done(a);
  queue.done(a);
  expect([queue.oldest(), queue.size]).toEqual([c, 1]);
  queue.done(c);
  expect([queue.oldest(), queue.size]).toEqual([undefined, 0]);
});

test("what is done is let go, however many pass while one waits", async () => {
  const queue = new ArrivalQueue<{ isDone: boolean }>();
  const gone: WeakRef<object>[] = [];
  queue.push({ isDone: false });
  for (let turn = 0; turn < 10_000; turn += 1) {
    const one = { isDone: false };
    queue.push(one);
    queue.done(one);
    if (turn < 1000) gone.push(new WeakRef(one));
  }
  await new Promise((done) => setTimeout(done, 0));
  const { setFlagsFromString } = await import("node:v8");
  const { runInNewContext } = await import("node:vm");
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  expect(gone.filter((one) => one.deref() !== undefined)).toEqual([]);
  expect(queue.size).toBe(1);
});
