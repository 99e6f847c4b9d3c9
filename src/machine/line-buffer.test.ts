import fc from "fast-check";
import { expect, test } from "vitest";
import { createLineBuffer } from "./line-buffer.io.ts";

test("lines come out as they went in, each with its end", () => {
  const lines = createLineBuffer();
  lines.add("one");
  lines.add("zwölf €");
  expect(lines.sizeBytes).toBe(12);
  expect(lines.take().toString()).toBe("one\nzwölf €\n");
  expect([lines.sizeBytes, lines.take().length]).toEqual([0, 0]);
});

test("what was taken stands while more is added", () => {
  const lines = createLineBuffer();
  lines.add("first");
  const first = lines.take();
  for (let n = 0; n < 100_000; n += 1) lines.add(`later ${n}`);
  expect(first.toString()).toBe("first\n");
  expect(lines.take().toString().split("\n").slice(-3)).toEqual(["later 99998", "later 99999", ""]);
});

test("any text of any length, taken at any moment, is kept whole", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.nat(200_000), fc.boolean())), (parts) => {
      const lines = createLineBuffer();
      const taken: string[] = [];
      const texts = parts.map(([text, times]) => text.repeat(Math.ceil(times / (text.length + 1))));
      for (const [index, [, , isTaken]] of parts.entries()) {
        lines.add(texts[index] ?? "");
        if (isTaken) taken.push(lines.take().toString());
      }
      taken.push(lines.take().toString());
      expect(taken.join("") === texts.map((text) => `${text}\n`).join("")).toBe(true);
    }),
    { numRuns: 50 },
  );
});
