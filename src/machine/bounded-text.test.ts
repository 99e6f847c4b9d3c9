import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBoundedText } from "./bounded-text.io.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bounded-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const LIMIT = 1 << 20;

test.for([0, 1, 16_383, 16_384, 16_385, 65_536, 100_000, LIMIT])("reads a text of %i bytes whole", async (size) => {
  const text = "0123456789abcde\n".repeat(size / 16 + 1).slice(0, size);
  writeFileSync(join(folder, "whole"), text);
  expect(await readBoundedText("whole", folder, LIMIT)).toBe(text);
});

test("a text at the limit is whole; a longer one has one byte more than may be, and no other", async () => {
  writeFileSync(join(folder, "long"), "x".repeat(50_000));
  expect(await readBoundedText("long", folder, 50_000)).toHaveLength(50_000);
  expect(await readBoundedText("long", folder, 49_999)).toHaveLength(50_000);
  expect(await readBoundedText("long", folder, 20_000)).toHaveLength(20_001);
});
