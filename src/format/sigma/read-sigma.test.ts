import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSigma } from "./read-sigma.ts";

const GOOD = [
  "title: A request",
  "logsource:",
  "  category: webserver",
  "detection:",
  "  selection:",
  "    cs-method: POST",
  "  condition: selection",
  "level: high",
];

const good = GOOD.join("\n");

function rule(search: string): string {
  return `title: A request\nlogsource: { category: webserver }\ndetection:\n  selection:\n    ${search}\n  condition: selection\n`;
}

function problemsOf(text: string): readonly string[] {
  return readSigma(text, "r.yml").problems.map(({ place, message }) => `${place} ${message}`);
}

test("a file of several documents; those that are wrong do not stop the others", () => {
  const file = readSigma(`${good}\n---\ntitle: Bad\n---\n# nothing\n---\n${good}\n`, "r.yml");
  expect(file.documents.map(({ place, title, severity }) => [place, title, severity])).toEqual([
    ["r.yml:1:1", "A request", "high"],
    ["r.yml:14:1", "A request", "high"],
  ]);
  expect(file.problems).toEqual([{ place: "r.yml:10:1", message: "has no detection, correlation or filter" }]);
});

test("everything wrong is told at once, each with its line", () => {
  const text = [
    "titel: A request",
    "level: urgent",
    "logsource: {}",
    "detection:",
    "  one:",
    "    cs-method|startwith: P",
    "    cs-uri-stem|re: (a+)+$",
    "    c-ip|cidr: 192.0.2.1/24",
    "    sc-status|gt: many",
    "    cs-host: { a: 1 }",
    "  two: []",
    "  condition: one and three",
    "  timeframe: 5m",
  ].join("\n");
  const told = problemsOf(text);
  expect(told).toEqual([
    "r.yml:1:1 title is missing",
    "r.yml:2:1 level must be one of informational, low, medium, high, critical",
    "r.yml:3:1 logsource needs a category, a product or a service",
    'r.yml:6:5 detection.one.cs-method|startwith there is no modifier "startwith"; did you mean startswith?',
    expect.stringMatching(/^r\.yml:7:5 detection\.one\.cs-uri-stem\|re the regular expression /u),
    'r.yml:8:5 detection.one.c-ip|cidr "192.0.2.1/24" has host bits set; did you mean 192.0.2.0/24?',
    "r.yml:9:5 detection.one.sc-status|gt gt wants a number",
    "r.yml:10:5 detection.one.cs-host must be a text, a number, true, false or empty",
    "r.yml:11:3 detection.two is an empty list",
    'r.yml:12:3 detection.condition there is no search "three"',
    "r.yml:13:3 detection.timeframe belongs to counts of version 1; write a correlation with a timespan",
  ]);
});

describe("what is refused, and how", () => {
  test.for<readonly [search: string, words: string]>([
    ["a|expand: '%x%'", "placeholders are filled in by a pipeline"],
    ["a|hour: 3", "parts of a time cannot be asked"],
    ["a|utf16: x", "use utf16le or utf16be"],
    ["a|contains|contains: x", "is given twice"],
    ["a|re|cidr: x", "exclude each other"],
    ["a|i: x", "is a flag of re"],
    ["a|cidr|contains: 192.0.2.0/24", "do not go together"],
    ["a|contains:", "an empty value cannot be asked with contains"],
    ["a|base64: 'x*'", "cannot be asked of wildcards"],
    ["a|wide: é", "plain ASCII letters alone"],
    ["a|re: '['", "is no regular expression"],
    ["a|re: '(x+x+)+y'", "regular expression"],
    ["a|cidr: example", "neither an IP address nor a prefix"],
    ["a|windash: '-a -b -c -d -e'", "makes more than 625 texts"],
    ["'|lt': 3", "lt wants a field"],
  ])("%s", ([search, words]) => {
    const told = problemsOf(rule(search));
    expect(told).toEqual([expect.stringContaining(words)]);
    expect(told[0]).toMatch(/^r\.yml:5:5 /u);
  });

  test.for<readonly [text: string, words: string]>([
    ["action: global\ntitle: x", "collections of version 1"],
    ["- a\n- b", "is no rule"],
    ["", "holds no rule"],
    ["title: x\ndetection: {}\ncorrelation: {}", "has both detection and correlation"],
    [`${good}\ntitle: again`, 'the key "title" is given twice'],
    ["---\na: 1\n".repeat(201), "has more than 200 documents"],
    ["a: [".repeat(40), "cannot be read"],
  ])("a file that %#", ([text, words]) => {
    expect(problemsOf(text)).toEqual(expect.arrayContaining([expect.stringContaining(words)]));
    expect(readSigma(text, "r.yml").documents).toEqual([]);
  });
});

describe("correlations", () => {
  const correlation = (body: string): string => `title: x\ncorrelation: { rules: [a], timespan: 5m, ${body} }\n`;

  test.for<readonly [body: string, words: string]>([
    ["type: value_percentile, condition: { field: a, gte: 3 }", "value_percentile is not supported"],
    ["type: event_cout, condition: { gte: 3 }", "must be one of event_count"],
    ["type: event_count, condition: { lt: 3 }", "is not supported: what is rare or missing is not known"],
    ["type: event_count, condition: { gte: 3, lte: 5 }", "more than one bound"],
    ["type: event_count, condition: { gte: 0 }", "must be a number above 0"],
    ["type: event_count", "is missing: gte, gt or eq"],
    ["type: value_count, condition: { gte: 3 }", "value_count looks at a field"],
    ["type: temporal, condition: a and b", "a condition over rules is not supported"],
    ["type: temporal, groupby: [a]", "did you mean group-by?"],
  ])("%s", ([body, words]) => {
    expect(problemsOf(correlation(body))).toEqual([expect.stringContaining(words)]);
  });

  test("a time without a unit", () => {
    expect(problemsOf("title: x\ncorrelation: { type: temporal, rules: [a, b], timespan: 90 }\n")).toEqual([
      "r.yml:2:47 correlation.timespan must be a time such as 30s, 5m, 2h or 1d",
    ]);
  });
});

describe("whatever the text", () => {
  const line = fc.oneof(
    fc.constantFrom(
      ...GOOD,
      "---",
      "filter:",
      "correlation:",
      "  rules: [a]",
      "  x|all:",
      "    - '*'",
      "  timespan: 1m",
    ),
    fc.string({ maxLength: 30 }),
  );

  test("lines in any order are read or refused with a place", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const { documents, problems } = readSigma(lines.join("\n"), "r.yml");
        expect(documents.length + problems.length).toBeGreaterThan(0);
        for (const { place } of problems) expect(place).toMatch(/^r\.yml/u);
      }),
      { numRuns: 1000 },
    );
  });

  test("any value at any place of a rule", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(
        fc.constantFrom("logsource", "detection", "title", "level", "tags", "filter", "correlation"),
        value,
        (key, any) => {
          const whole = { title: "x", logsource: { category: "webserver" }, [key]: any };
          const { problems, documents } = readSigma(JSON.stringify(whole), "r.yml");
          expect(problems.length + documents.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("any key of a search", () => {
    const words = fc.constantFrom(
      "contains",
      "all",
      "re",
      "i",
      "cidr",
      "base64",
      "wide",
      "windash",
      "fieldref",
      "exists",
      "x",
      "",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), fc.jsonValue({ maxDepth: 1 }), (modifiers, any) => {
        const search = { [["field", ...modifiers].join("|")]: any };
        const whole = {
          title: "x",
          logsource: { category: "webserver" },
          detection: { search, condition: "search" },
        };
        const { problems, documents } = readSigma(JSON.stringify(whole), "r.yml");
        expect(documents.length === 1 ? problems.length : Math.min(problems.length, 1)).toBe(
          documents.length === 1 ? 0 : 1,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
