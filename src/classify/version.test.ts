import { expect, test } from "vitest";
import { parseVersion, rankOf } from "./version.ts";

test.each([
  ["0.5.1", 5001],
  ["v0.5.1", 5001],
  [" 0.5.1\n", 5001],
  ["0.17.1", 17001],
  ["1.0.0", 1000000],
  ["0.17.1-rc0", 17000.5],
  ["0.17.1-rc3", 17000.503],
  ["0.17.1-rc.3", 17000.503],
  ["0.4.0-ci1", 3999.301],
  ["0.5.4-ipexllm-20250331", 5004],
  ["0.5.1-0-gfb30760", 5001],
  ["0.17.1-rc0-0-gfb30760", 17000.5],
  ["0.9.0+build.7", 9000],
])("%j ranks %d", (text, rank) => {
  expect(rankOf(text)).toBe(rank);
});

test.each([
  [null],
  [""],
  ["0.0.0"],
  ["v0.0.0-rc1"],
  ["0.5.1-dirty"],
  ["0.5.1-3-gfb30760-dirty"],
  ["18.1"],
  ["0.1.18.1"],
  ["0.5"],
  ["latest"],
  ["-1.2.3"],
  ["0.5.1 <script>"],
  ["0.5.1-"],
  ["0.5.1x"],
  ["0.1000.1"],
  ["٠.٥.١"],
  ["0.5.1\u202e"],
  [`0.5.1-${"a".repeat(10_000)}`],
])("%j is unknown", (text) => {
  expect(parseVersion(text)).toBeNull();
});

test("candidates sort between the release below and their own", () => {
  const ascending = [
    "0.17.0",
    "0.17.1-ci1",
    "0.17.1-rc0",
    "0.17.1-rc2",
    "0.17.1-rc10",
    "0.17.1",
    "0.17.2-rc0",
    "0.18.0",
    "1.0.0",
  ];
  const ranks = ascending.map((text) => rankOf(text) ?? -1);
  expect(ranks).toEqual(ranks.toSorted((left, right) => left - right));
  expect(new Set(ranks).size).toBe(ascending.length);
});
