import { describe, expect, test } from "vitest";
import type { ScopeFile } from "../../model/scope-file.ts";
import { scopeOf } from "../../model/scope-of.ts";
import { scopeFaults } from "./scope-rules.ts";

const OWN: ScopeFile = {
  name: "campaign",
  operator: { name: "Network team", contact: "noc@example.org" },
  basis: "own",
  authority: { allowedBy: "Head of network", since: "2026-01-01", until: "2026-12-31" },
  prefixes: ["10.1.0.0/16"],
  ownSpecial: ["10.0.0.0/8"],
  ports: [11434],
  limits: { rate: 50, perHost: 5, perNetwork: 20, inFlight: 100, rescanHours: 24 },
  vantage: "inside",
};
/** Space that no special range covers. Sums and ceilings need some; it is counted and never asked. */
const UNRESERVED = Array.from({ length: 12 }, (_, at) => `${12 + at}.0.0.0/8`);
const CONTRACT: ScopeFile = { ...OWN, basis: "contract", prefixes: [UNRESERVED[0]!], ownSpecial: [] };
const RESEARCH: ScopeFile = {
  ...CONTRACT,
  basis: "research",
  research: {
    ethicsNote: "Board decision 7 of 2026.",
    optOutPage: "https://survey.example.org/",
    reverseDns: "survey.example.org",
    whois: "EXAMPLE-SURVEY",
    sourceRanges: ["192.0.2.0/28"],
  },
  limits: { ...OWN.limits, rate: 1000, perHost: 6 },
};

function faults(file: ScopeFile): string[] {
  return scopeFaults(scopeOf(file)).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("R2: never larger or faster than needed", () => {
  test.each([
    [
      { ...CONTRACT, limits: { ...OWN.limits, rate: 2001 } },
      "limits.rate: is 2001, above 2000, the ceiling for basis contract",
    ],
    [
      { ...CONTRACT, limits: { ...OWN.limits, perHost: 21 } },
      "limits.perHost: is 21, above 20, the ceiling for basis contract",
    ],
    [
      { ...CONTRACT, limits: { ...OWN.limits, perNetwork: 201 } },
      "limits.perNetwork: is 201, above 200, the ceiling for basis contract",
    ],
    [
      { ...CONTRACT, limits: { ...OWN.limits, inFlight: 5001 } },
      "limits.inFlight: is 5001, above 5000, the ceiling for basis contract",
    ],
    [
      { ...CONTRACT, limits: { ...OWN.limits, rescanHours: 0.5 } },
      "limits.rescanHours: must be at least 1 for basis contract",
    ],
    [
      { ...RESEARCH, limits: { ...RESEARCH.limits, rate: 1001 } },
      "limits.rate: is 1001, above 1000, the ceiling for basis research",
    ],
    [
      { ...RESEARCH, limits: { ...RESEARCH.limits, cardsPerRun: 1 } },
      "limits.cardsPerRun: is 1, above 0, the ceiling for basis research",
    ],
    [
      { ...CONTRACT, prefixes: ["12.0.0.0/24"], limits: { ...OWN.limits, rate: 51 } },
      "limits.rate: is 51, above 50, the ceiling for a space of 256 addresses under basis contract",
    ],
    [
      { ...RESEARCH, prefixes: ["12.0.0.0/20"], limits: { ...RESEARCH.limits, rate: 69 } },
      "limits.rate: is 69, above 68, the ceiling for a space of 4096 addresses under basis research",
    ],
  ])("%#: %s", (file, fault) => {
    expect(faults(file)).toEqual([fault]);
  });

  test.each([
    ["own", 1, 16_777_216],
    ["contract", 1, 16_777_216],
    ["statutory", 4, 67_108_864],
  ] as const)("the sum of addresses binds, not the single prefix: %s", (basis, most, limit) => {
    const file = { ...CONTRACT, basis };
    expect(faults({ ...file, prefixes: UNRESERVED.slice(0, most) })).toEqual([]);
    expect(faults({ ...file, prefixes: [...UNRESERVED.slice(0, most), "32.0.0.0/32"] })).toEqual([
      `prefixes: names ${limit + 1} addresses; basis ${basis} allows ${limit} in sum`,
    ]);
  });

  test("a /48 that is asked by list only counts as much as a /24", () => {
    const file = { ...OWN, ownSpecial: ["fd00::/8"], limits: { ...OWN.limits, rate: 1024 } };
    expect(faults({ ...file, prefixes: ["fd00::/46"] })).toEqual([]);
    expect(faults({ ...file, prefixes: ["fd00::/47"] })).toEqual([
      "limits.rate: is 1024, above 1000, the ceiling for a space of 512 addresses under basis own",
    ]);
  });

  test("overlapping prefixes count once, and exclusions do not count", () => {
    const prefixes = [UNRESERVED[0]!, "12.1.0.0/16", "13.0.0.0/16"];
    expect(faults({ ...CONTRACT, prefixes })).toEqual([
      "prefixes: names 16842752 addresses; basis contract allows 16777216 in sum",
    ]);
    expect(faults({ ...CONTRACT, prefixes, exclude: ["12.2.0.0/16"] })).toEqual([]);
  });

  test("IPv6: /112 and longer count as addresses, wider ones by /48s", () => {
    const file = { ...OWN, ownSpecial: ["fd00::/8"] };
    expect(faults({ ...file, prefixes: ["fd00::/24"] })).toEqual([]);
    expect(faults({ ...file, prefixes: ["fd00::/23"] })).toEqual([
      "prefixes: names 33554432 IPv6 /48 networks; basis own allows 16777216 in sum",
    ]);
    const walked = Array.from({ length: 257 }, (_, at) => `fd00::${(at + 1).toString(16)}:0/112`);
    expect(faults({ ...file, prefixes: walked.slice(1) })).toEqual([]);
    expect(faults({ ...file, prefixes: walked })).toEqual([
      "prefixes: names 16842752 addresses; basis own allows 16777216 in sum",
    ]);
  });
});

describe("R7, R16: small pilots, bounded memory", () => {
  test("a pilot has a size, by default 100", () => {
    expect(scopeOf(OWN).limits.pilot).toBe(100);
    expect(faults({ ...RESEARCH, limits: { ...RESEARCH.limits, pilot: 1001 } })).toEqual([
      "limits.pilot: is 1001, above 1000, the ceiling for basis research",
    ]);
  });

  test("R13: the text of prompts is kept only of one's own network, and only when the scope says so", () => {
    expect(scopeOf(OWN).prompts).toBe("class");
    expect(faults({ ...OWN, prompts: "text" })).toEqual([]);
    for (const basis of ["contract", "statutory"] as const) {
      expect(faults({ ...OWN, basis, prompts: "text" })).toContain(
        `prompts: must be class for basis ${basis}: text is kept only of one's own network`,
      );
    }
    expect(faults({ ...RESEARCH, prompts: "text" })).toEqual([
      "prompts: must be class for basis research: text is kept only of one's own network",
    ]);
  });

  test("retention has a limit, by default a year", () => {
    expect(scopeOf(OWN).retentionDays).toBe(365);
    expect(faults({ ...RESEARCH, retentionDays: 1827 })).toEqual([
      "retentionDays: is above 1826, the ceiling for basis research",
    ]);
  });
});
