import fc from "fast-check";
import { expect, test } from "vitest";
import type { LogRow } from "../model/log-grammar.ts";
import { RowCutter } from "./row-cutter.ts";

interface Cut {
  readonly rows: readonly LogRow[];
  readonly long: readonly LogRow[];
}

function cut(chunks: readonly Uint8Array[], cap?: number): Cut {
  const rows: LogRow[] = [];
  const long: LogRow[] = [];
  const cutter = new RowCutter(cap);
  const taker = { row: (row: LogRow) => void rows.push(row), tooLong: (row: LogRow) => void long.push(row) };
  for (const chunk of chunks) cutter.cut(chunk, taker);
  cutter.rest(taker);
  return { rows, long };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.for([
  ["nothing", "", []],
  ["one row with an end", "a\n", [[1, 0, "a"]]],
  ["one row without", "a", [[1, 0, "a"]]],
  [
    "ends of Windows",
    "a\r\nb\r\n",
    [
      [1, 0, "a"],
      [2, 3, "b"],
    ],
  ],
  [
    "an empty row between",
    "a\n\nb",
    [
      [1, 0, "a"],
      [2, 2, ""],
      [3, 3, "b"],
    ],
  ],
  [
    "letters of two bytes",
    "µs\nµ\nx",
    [
      [1, 0, "µs"],
      [2, 4, "µ"],
      [3, 7, "x"],
    ],
  ],
  [
    "a mark at the beginning",
    "\ufeffa\nb\n",
    [
      [1, 3, "a"],
      [2, 5, "b"],
    ],
  ],
] as const)("%s", ([, text, expected]) => {
  expect(cut([bytes(text)]).rows.map(({ line, offset, text: row }) => [line, offset, row])).toEqual(expected);
});

test("a row longer than the cap is told by its beginning, its place and nothing else", () => {
  const chunk = bytes("x".repeat(1000));
  const { rows, long } = cut([bytes("a\n"), ...Array.from({ length: 50 }, () => chunk), bytes("\nb\n")], 4096);
  expect(rows.map(({ line, offset, text }) => [line, offset, text])).toEqual([
    [1, 0, "a"],
    [3, 50_003, "b"],
  ]);
  expect(long.map(({ line, offset, text }) => [line, offset, text])).toEqual([[2, 2, "x".repeat(200)]]);
});

test("a row longer than the cap within one chunk is told as well", () => {
  const { rows, long } = cut([bytes(`a\n${"y".repeat(5000)}\nb\n`)], 4096);
  expect(rows.map(({ text }) => text)).toEqual(["a", "b"]);
  expect(long.map(({ line, offset }) => [line, offset])).toEqual([[2, 2]]);
});

/** What a plain reading of the whole says: offsets of line feeds, each row decoded alone. */
function plainly(all: Uint8Array): readonly LogRow[] {
  const rows: LogRow[] = [];
  let from = 0;
  const push = (to: number): void => {
    const text = Buffer.from(all.subarray(from, to)).toString("utf8");
    rows.push({ line: rows.length + 1, offset: from, text: text.endsWith("\r") ? text.slice(0, -1) : text });
  };
  for (const [at, byte] of all.entries()) {
    if (byte !== 10) continue;
    push(at);
    from = at + 1;
  }
  if (from < all.length) push(all.length);
  return rows;
}

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(10, 13, 0x20, 0x41, 0xc2, 0xb5, 0xff, 0xe2, 0x82, 0xac, 0),
      fc.integer({ min: 0, max: 255 }),
    ),
    {
      maxLength: 400,
    },
  )
  .map((list) => Uint8Array.from(list))
  .filter((all) => !(all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf));

test("any bytes in any chunks are the rows that a plain reading finds", () => {
  fc.assert(
    fc.property(hostile, fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 40 }), (all, sizes) => {
      const chunks: Uint8Array[] = [];
      let from = 0;
      for (const size of sizes) {
        chunks.push(all.slice(from, from + size));
        from += size;
      }
      chunks.push(all.slice(from));
      expect(cut(chunks).rows).toEqual(plainly(all));
    }),
    { numRuns: 500 },
  );
});

test("rows beyond the piece that is decoded at once keep their places", () => {
  const text = Array.from({ length: 9000 }, (_, at) => `${at} ${"é".repeat(at % 17)}`).join("\n");
  expect(cut([bytes(text)]).rows).toEqual(plainly(bytes(text)));
});

test("a document longer than the cap on one row comes in parts that end behind objects", () => {
  const records = Array.from({ length: 40 }, (_, at) => ({ at, word: "µ".repeat(at) }));
  const text = `{"records":${JSON.stringify(records)}}\nnext\n`;
  const chunks = Array.from({ length: Math.ceil(bytes(text).length / 64) }, (_, at) =>
    bytes(text).subarray(at * 64, at * 64 + 64),
  );
  const { rows, long } = cut(chunks, 256);
  const parts = rows.filter(({ line }) => line === 1);
  expect(long).toEqual([]);
  expect(parts.length).toBeGreaterThan(5);
  expect(`${parts.map((part) => part.text).join("")}\nnext\n`).toBe(text);
  for (const part of parts.slice(0, -1)) expect(part.text.endsWith("},")).toBe(true);
  for (const part of parts) {
    const there = bytes(text).subarray(part.offset, part.offset + bytes(part.text).length);
    expect(new TextDecoder().decode(there)).toBe(part.text);
  }
  expect(rows.at(-1)).toEqual({ line: 2, offset: bytes(text).length - 5, text: "next" });
});
