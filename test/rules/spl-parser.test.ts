import { describe, expect, test } from "vitest";
import { STORY_SETTING } from "../../src/knowledge/detections/story.ts";
import { DETECTIONS } from "../../src/knowledge/detections/detections.ts";
import type { Detection } from "../../src/model/detection.ts";
import { SPLUNK } from "../../src/rules/print/spl.ts";
import { HAS_SPL_PARSER, splFaults } from "./engines/spl-parser.ts";

/** Searches that are wrong at one place, and what the parser says of it first. */
const BROKEN = [
  ["a bracket left open", "search tag=web\n| where (x=1\n| sort 0 _time", "line 3:0 missing"],
  ["a command that is none", "search tag=web\n| streamstatz count", "line 2:2 token recognition error"],
  ["a function that is none", 'search tag=web\n| where matches(x, "y")', "line 2:15 mismatched input '('"],
  ["nothing to compare with", "search tag=web\n| where total>=", "line 2:15 mismatched input '<EOF>'"],
  ["nothing to group by", "search tag=web\n| stats count AS total BY", "line 2:25 missing"],
  ["a text left open", 'search tag=web\n| rex "(?<a>.)', "line 2:6 token recognition error"],
  ["a pipe too many", "search tag=web\n| where x=1 | | sort 0 _time", "line 2:14 "],
] as const;

describe.skipIf(!HAS_SPL_PARSER)("the parser of searches for Splunk", () => {
  const faults = HAS_SPL_PARSER
    ? splFaults({
        ...Object.fromEntries(BROKEN.map(([what, text]) => [what, text])),
        whole: '``` a remark: (```\nsearch tag=web\n| where match(x, "(?i)y")\n| stats count AS total BY src',
      })
    : {};

  test.for(BROKEN)("refuses %s and says where", ([what, , says]) => {
    expect(faults[what]?.[0]).toContain(says);
  });

  test("has nothing against a search that is whole, its comment left out", () => {
    expect(faults["whole"]).toEqual([]);
  });

  test("reads every printed search to its end: a bracket left open behind it is found", () => {
    const searches = Object.values<Detection>(DETECTIONS).flatMap((detection) => {
      const printed = SPLUNK.print(detection, STORY_SETTING);
      return printed.kind === "rule" ? [[detection.id, `${printed.text}| where (x=1 | sort 0 _time`] as const] : [];
    });
    const unfound = Object.entries(splFaults(Object.fromEntries(searches))).filter(
      ([, [fault]]) => fault === undefined,
    );
    expect(searches.length).toBeGreaterThan(50);
    expect(unfound).toEqual([]);
  }, 600_000);
});
