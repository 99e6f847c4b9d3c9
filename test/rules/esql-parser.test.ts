import { describe, expect, test } from "vitest";
import { STORY_SETTING } from "../../src/knowledge/detections/story.ts";
import { DETECTIONS } from "../../src/knowledge/detections/detections.ts";
import type { Detection } from "../../src/model/detection.ts";
import { ESQL } from "../../src/rules/print/esql.ts";
import { esqlFaults, HAS_ENGINES } from "./engines/python-engine.ts";

/** Queries that are wrong at one place, and what the parser says of it first. */
const BROKEN = [
  ["a bracket left open", "FROM logs-*\n| WHERE (a == 1\n| LIMIT 1", "line 3:0 "],
  ["a bracket too many", "FROM logs-*\n| WHERE a == 1)", "line 2:14 "],
  ["a command that is none", "FROM logs-*\n| WHERRE a == 1", "line 2:2 "],
  ["a comparison that is none", "FROM logs-*\n| WHERE a === 1", "line 2:12 "],
  ["a list left open", 'FROM logs-*\n| WHERE a IN ("b", "c"', "line 2:22 "],
  ["nothing to compare with", "FROM logs-*\n| WHERE a >=", "line 2:12 "],
  ["nothing to group by", "FROM logs-*\n| STATS total = COUNT(*) BY ", "line 2:28 "],
  ["a text left open", 'FROM logs-*\n| WHERE a == "b', "line 2:13 token recognition error"],
  ["an escape that is none", String.raw`FROM logs-* | WHERE a == "\x"`, "line 1:25 token recognition error"],
  ["a pipe too many", "FROM logs-*\n| WHERE a == 1 | | LIMIT 1", "line 2:17 "],
] as const;

/** What is new to the parser takes it long; the matrix has every rule read, here are the shortest ones. */
const SHORT_LENGTH = 1100;

describe.skipIf(!HAS_ENGINES)("the parser of ES|QL", () => {
  const faults = HAS_ENGINES
    ? esqlFaults({
        ...Object.fromEntries(BROKEN.map(([what, text]) => [what, text])),
        whole:
          '// a remark: (\nFROM logs-*\n| WHERE TO_LOWER(a) IN ("b")\n| STATS total = COUNT(*) BY c, d = BUCKET(@timestamp, 60 seconds)',
      })
    : {};

  test.for(BROKEN)("refuses %s and says where", ([what, , says]) => {
    expect(faults[what]?.[0]).toContain(says);
  });

  test("has nothing against a query that is whole", () => {
    expect(faults["whole"]).toEqual([]);
  });

  test("reads short printed rules to their end: a bracket left open behind one is found there and nothing before it", () => {
    const tails = Object.values<Detection>(DETECTIONS).flatMap((detection) => {
      const printed = ESQL.print(detection, STORY_SETTING);
      return printed.kind === "rule" && printed.text.length < SHORT_LENGTH
        ? [[detection.id, printed.text.split("\n").length, `${printed.text}| WHERE (a == 1\n| LIMIT 1\n`] as const]
        : [];
    });
    const found = esqlFaults(Object.fromEntries(tails.map(([id, , text]) => [id, text])));
    expect(tails.length).toBeGreaterThan(3);
    expect(tails.filter(([id, lines]) => found[id]?.[0]?.startsWith(`line ${lines + 1}:0 `) !== true)).toEqual([]);
  }, 600_000);
});
