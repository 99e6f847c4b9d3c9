import { expect, test } from "vitest";
import { parseShard, shardText } from "./shard.ts";

test.each([
  ["1/1", { index: 1, of: 1 }],
  ["3/4", { index: 3, of: 4 }],
  ["4096/4096", { index: 4096, of: 4096 }],
])("%s is a shard", (text, shard) => {
  expect(parseShard(text)).toEqual({ ok: true, value: shard });
  expect(shardText(shard)).toBe(text);
});

test.each(["", "1", "0/2", "3/2", "1/0", "1/2/3", "-1/2", "1.5/2", "1/4097", "a/b", " 1/2", "1/2\n"])(
  "%j is none",
  (text) => {
    expect(parseShard(text).ok).toBe(false);
  },
);
