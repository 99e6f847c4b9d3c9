import { expect, test } from "vitest";
import { parseNetworkOverrides } from "./network-overrides.ts";

test("rows by number and by name; empty is not known", () => {
  const text = [
    "who,type,tier",
    "# our own",
    "AS64496,hosting,indie-cloud",
    "as64497,,other\r",
    '"Example, ""Inc.""",enterprise,other',
    "Beispiel, AG,enterprise,",
    "",
  ].join("\n");
  const read = parseNetworkOverrides(text, "own.csv");
  expect(read.ok && [[...read.value.byAsn], [...read.value.byName]]).toEqual([
    [
      [64_496, { type: "hosting", tier: "indie-cloud" }],
      [64_497, { type: null, tier: "other" }],
    ],
    [
      ['example, "inc."', { type: "enterprise", tier: "other" }],
      ["beispiel, ag", { type: "enterprise", tier: null }],
    ],
  ]);
});

test("every line that does not fit is told", () => {
  const text =
    "AS64496,hoster,indie-cloud\nAS64496,hosting\nAS64496,hosting,indie-cloud\n,hosting,other\nAS64496,hosting,home";
  const read = parseNetworkOverrides(text, "own.csv");
  expect(read.ok ? [] : read.error.map(({ place }) => place)).toEqual([
    "own.csv:1",
    "own.csv:2",
    "own.csv:4",
    "own.csv:5",
  ]);
});

test("who is named twice is refused with both lines", () => {
  const text = [
    "AS64496,hosting,indie-cloud",
    "as64496,,",
    "Example AG,hosting,indie-cloud",
    '"example ag",enterprise,other',
    "AS64497,,",
    "AS64496,cdn,other",
  ].join("\n");
  const read = parseNetworkOverrides(text, "own.csv");
  expect(read.ok ? [] : read.error.map(({ place, message }) => `${place}: ${message}`)).toEqual([
    "own.csv:2: names again whom line 1 names",
    "own.csv:4: names again whom line 3 names",
    "own.csv:6: names again whom line 1 names",
  ]);
});
