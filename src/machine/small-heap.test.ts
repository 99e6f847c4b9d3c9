import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { keepHeapSmall } from "./small-heap.io.ts";

test("garbage is collected while it runs, before there is much of it", async () => {
  const end = keepHeapSmall();
  const litter = new FinalizationRegistry<number>(() => (gone += 1));
  let gone = 0;
  for (let piece = 0; piece < 400; piece += 1) {
    litter.register(
      Array.from({ length: 65_536 }, () => piece),
      piece,
    ); // half a megabyte each
  }
  while (gone < 300) await wait(50);
  end();
  expect(process.memoryUsage().heapUsed).toBeLessThan(400 * 2 ** 19);
});
