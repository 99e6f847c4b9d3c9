import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvSelect, csvText } from "./csv-text.ts";
import { openEngine } from "./engine.io.ts";
import { sqlText } from "./stage-sql.ts";

test.for([
  ["=1+1", "'=1+1"],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ["@SUM(1)", "'@SUM(1)"],
  ["-2+3", "'-2+3"],
  [" \t=1", "' \ufffd=1"],
  ["\r\n=1", "'\ufffd\ufffd=1"],
  ["\u0007\u202e=1", "'\ufffd\ufffd=1"],
  ["a\u001b[2Jb\ud800", "a\ufffd[2Jb\ufffd"],
  ["＝1+1", "'＝1+1"],
  ["－1＋1", "'－1＋1"],
  ["-12.5", "-12.5"],
  ["+49", "+49"],
  ["llama=1", "llama=1"],
  ["", ""],
])("%j becomes %j", ([text = "", safe]) => {
  expect(csvText(text)).toBe(safe);
});

test("the engine's SELECT leaves no formula and nothing that cannot be seen, whatever stands in a column", async () => {
  const folder = await mkdtemp(join(tmpdir(), "corral-csv-"));
  const engine = await openEngine({ spill: folder, memoryMiB: 128, threads: 1 });
  try {
    const part = fc.constantFrom(
      "=",
      "+",
      "-",
      "@",
      "＝",
      " ",
      "\t",
      "\n",
      "\u202e",
      "\u0007",
      "'",
      '"',
      "1",
      "a",
      ".",
    );
    const texts = fc
      .sample(fc.array(part, { maxLength: 6 }), { numRuns: 2_000, seed: 1 })
      .map((parts) => parts.join(""));
    const rows = texts.map((text, at) => `(${at}, ${sqlText(text)})`).join(", ");
    await engine.run(`CREATE TABLE t AS SELECT * FROM (VALUES ${rows}) AS v(n, "a ""b")`);
    const columns = [
      { name: "n", type: "INTEGER" },
      { name: 'a "b', type: "VARCHAR" },
    ];
    const cells = (await engine.rows(csvSelect("t", columns))).map((row) => String(row['a "b']));
    expect(cells.length).toBe(2_000);
    expect(cells.filter((cell) => /^[\s\uFFFD]*[=+@＝-]/u.test(cell) && !/^[+-]?[\d.]+$/u.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /[\p{Cc}\p{Cf}]/u.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell.startsWith("'")).length).toBeGreaterThan(100);
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
});
