import { expect, test } from "vitest";
import { filePlace, quoted, showCommand } from "./file-place.ts";
import type { SourceReport } from "./hunt-source.ts";
import { emptyTally } from "./source-tally.ts";

const SOURCE: SourceReport = {
  number: 0,
  files: [
    { path: "a.log.1", packing: "gz" },
    { path: "a.log", packing: "plain" },
  ],
  grammar: "ollama-server",
  tally: emptyTally(),
  spans: [
    { file: 0, lineBase: 0, offsetBase: 0 },
    { file: 1, lineBase: 10, offsetBase: 1000 },
  ],
  bytes: 2000,
};

test.for([
  [{ line: 1, offset: 0 }, ["a.log.1", 1, 0]],
  [{ line: 10, offset: 999 }, ["a.log.1", 10, 999]],
  [{ line: 11, offset: 1000 }, ["a.log", 1, 0]],
  [{ line: 12, offset: 1100 }, ["a.log", 2, 100]],
] as const)("row %o of a source stands in %o", ([row, expected]) => {
  const { path, line, offset } = filePlace([SOURCE], 0, row);
  expect([path, line, offset]).toEqual(expected);
});

test.for([
  ["plain", "x", `sed -n '7{p;q}' a.log`],
  ["gz", "x", `zcat a.log | sed -n '7{p;q}'`],
  ["zst", "x\ny\nz", `zstdcat a.log | sed -n '7,9p;9q'`],
  ["evtx", "x", "corral hunt --show a.log:7"],
] as const)("%s: the command of a row", ([packing, text, expected]) => {
  expect(showCommand({ path: "a.log", packing, line: 7, offset: 0 }, text)).toBe(expected);
});

test("standard input cannot be shown again", () => {
  expect(showCommand({ path: "-", packing: "plain", line: 7, offset: 0 }, "x")).toBe(null);
});

test.for([
  ["server.log", "server.log"],
  ["-v.log", "./-v.log"],
  ["two words.log", "'two words.log'"],
  ["it's.log", `'it'\\''s.log'`],
  ["a\u001b[2J.log", String.raw`$'a\x1b[2J.log'`],
  ["ä.log", String.raw`$'\xc3\xa4.log'`],
  ["$(reboot).log", "'$(reboot).log'"],
] as const)("%j for a shell: %s", ([name, expected]) => {
  expect(quoted(name)).toBe(expected);
});
