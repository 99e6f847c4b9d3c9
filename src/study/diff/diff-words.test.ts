import { describe, expect, test } from "vitest";
import type { DiffEnds } from "./diff-ends.ts";
import { diffRecord, shortened } from "./diff-record.ts";
import { diffSchema } from "./diff-schema.ts";
import { diffWords } from "./diff-words.ts";
import type { Diff, ServiceDiff } from "./read-diff.ts";
import type { ServiceState } from "./service-state.ts";

const ENDS: DiffEnds = { kind: "times", from: "2026-01-01T00:00:00.000Z", to: "2026-02-01T03:04:05.000Z" };
const OPEN: ServiceState = {
  scheme: "http",
  seenAt: "2026-01-10T03:04:05.000Z",
  answer: "open",
  status: 200,
  failure: null,
  surveyed: true,
  vantage: "inside",
  product: "ollama",
  version: "0.5.7",
  versionRank: 5007,
  inventory: "aa",
  modelCount: 1,
  isListWhole: true,
};
const place = (address: string): ServiceDiff["place"] => ({ address, port: 11434, hostName: null, basePath: "/" });
const DIFF: Diff = {
  counts: { beforeServices: 4, afterServices: 1, beforeOpen: 3, afterOpen: 1, unchanged: 1204 },
  services: [
    {
      place: place("192.0.2.7"),
      before: OPEN,
      after: { ...OPEN, version: "0.6.0-\u001b[2Jhome\u202e", versionRank: null },
      changes: [
        { kind: "version-changed", before: "0.5.7", after: "0.6.0-\u001b[2Jhome\u202e" },
        { kind: "models-added", names: ["a", "b", "c", "d", "e\u0007", "f"] },
        { kind: "capability-grown", capabilities: ["tools", "vision"] },
      ],
      likelyDecoy: false,
    },
    {
      place: place("198.51.100.9"),
      before: OPEN,
      after: { ...OPEN, answer: "refused", product: "acme-corporation" },
      changes: [
        { kind: "closed", after: "refused" },
        { kind: "product-changed", before: "ollama", after: "acme-corporation" },
      ],
      likelyDecoy: true,
    },
    { place: place("2001:db8:7::1"), before: OPEN, after: null, changes: [], likelyDecoy: false },
    {
      place: place("203.0.113.5"),
      before: null,
      after: OPEN,
      changes: [{ kind: "newly-open", before: null }],
      likelyDecoy: false,
    },
  ],
};
const record = (full: boolean): ReturnType<typeof diffRecord> =>
  diffRecord(ENDS, DIFF, { full, synthetic: false, notes: [] });

describe("in words", () => {
  test("truncated: no address, no name of a model, no free text", () => {
    expect(diffWords(record(false))).toBe(
      `from  2026-01-01 00:00 UTC: 4 services seen, 3 open
to    2026-02-01 03:04 UTC: 1 service seen, 1 open

newly open         1
capability grown   1
product changed    1
models added       1
version changed    1
closed             1
not asked again    1
decoys among them  1
unchanged          1,204

192.0.2.x        version changed 0.5.7 → (not shown); models added: 6; capability grown: tools, vision
198.51.100.x     closed (refused); product changed ollama → (not shown) [likely decoy]
2001:db8:7::/48  not asked again (was open)
203.0.113.x      newly open (not seen before)
`,
    );
  });

  test("full: everything, and what servers wrote cannot steer the terminal", () => {
    const lines = diffWords(record(true)).split("\n");
    expect(lines).toContain(
      "http://192.0.2.7:11434/        version changed 0.5.7 → 0.6.0-⟨U+001B⟩[2Jhome⟨U+202E⟩; models added: a, b, c, d, e⟨U+0007⟩ and 1 more; capability grown: tools, vision",
    );
    expect(lines).toContain(
      "http://198.51.100.9:11434/     closed (refused); product changed ollama → acme-corporation [likely decoy]",
    );
  });

  test("nothing", () => {
    const nothing = diffRecord(ENDS, { ...DIFF, services: [] }, { full: false, synthetic: true, notes: [] });
    expect(diffWords(nothing)).toMatch(/^Synthetic data: .*\n(?:.*\n){3}Nothing changed\.\n$/u);
  });
});

describe("as a record", () => {
  test("fits the published schema, full or not", () => {
    for (const full of [true, false]) {
      const written: unknown = JSON.parse(JSON.stringify(record(full)));
      expect(diffSchema.parse(written)).toEqual(written);
    }
  });

  test("truncated, it holds no whole address and no name", () => {
    const text = JSON.stringify(record(false));
    expect(text).not.toMatch(/192\.0\.2\.7|198\.51\.100\.9|2001:db8:7::1|203\.0\.113\.5|home|acme|"names":\[/u);
  });

  test("counts what was open and not asked apart from every change", () => {
    expect(record(false)).toMatchObject({ counts: { not_asked: 1 }, summary: { closed: 1, "newly-open": 1 } });
  });

  test("a message carries so many services and counts the rest", () => {
    const short = shortened(record(false), 3);
    expect([short.services.length, short.left_out, short.summary.closed]).toEqual([3, 1, 1]);
  });

  test("a thousand names of models are counted, fifty written", () => {
    const names = Array.from({ length: 1000 }, (_, at) => `model-${at}`);
    const services = [{ ...DIFF.services[0]!, changes: [{ kind: "models-added", names } as const] }];
    const {
      services: [one],
    } = diffRecord(ENDS, { ...DIFF, services }, { full: true, synthetic: false, notes: [] });
    expect(one?.changes).toEqual([{ kind: "models-added", count: 1000, names: names.slice(0, 50) }]);
  });
});
