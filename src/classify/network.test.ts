import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { NAME_RULES } from "../knowledge/networks/name-rules.ts";
import { NETWORK_TIERS, NETWORK_TYPES } from "../knowledge/networks/network-kind.ts";
import { OPERATOR_BY_ASN, OPERATORS } from "../knowledge/networks/operators.ts";
import { networkOf } from "./network.ts";
import { hasTerm, nameParts } from "./organisation-name.ts";

const judge = (asn: number | null, organisation: string | null, labels: readonly string[] | null = null): unknown[] =>
  Object.values(networkOf({ asn, organisation, labels }));

test.for([
  // the AS numbers that hold most such hosts, by facts/study.md 5
  [16509, "cloud", "hyperscaler"],
  [63949, "hosting", "indie-cloud"],
  [13335, "cdn", "other"],
  [37963, "cloud", "hyperscaler"],
  [14618, "cloud", "hyperscaler"],
  [4134, "fixed-access", "telecom-residential"],
  [45090, "cloud", "hyperscaler"],
  [8075, "cloud", "hyperscaler"],
] as const)("AS%i is %s", ([asn, type, tier]) => {
  expect(judge(asn, null)).toEqual([type, tier, `asn:${asn}`]);
});

test("a name, a label and nothing tell in this order", () => {
  expect(judge(64_496, "Example University")).toEqual(["education", "academic", "name:education"]);
  expect(judge(64_496, "Example University", ["vpn", "Hosting"])).toEqual(["hosting", "indie-cloud", "label:hosting"]);
  expect(judge(64_496, "Example University", ["vpn", "tor"])).toEqual(["education", "academic", "name:education"]);
  expect(judge(64_496, "Example")).toEqual([null, null, null]);
  expect(judge(null, null)).toEqual([null, null, null]);
  expect(judge(null, "")).toEqual([null, null, null]);
});

test("the user's rows win over everything, and may say that it is not known", () => {
  const overrides = {
    byAsn: new Map([[16_509, { type: null, tier: "other" as const }]]),
    byName: new Map([["example university", { type: "enterprise" as const, tier: "other" as const }]]),
  };
  expect(networkOf({ asn: 16_509, organisation: "Amazon", labels: ["hosting"] }, overrides)).toEqual({
    network_type: null,
    tier: "other",
    network_rule: "override:AS16509",
  });
  expect(networkOf({ asn: null, organisation: "EXAMPLE University", labels: null }, overrides)).toEqual({
    network_type: "enterprise",
    tier: "other",
    network_rule: "override:organisation",
  });
});

test.for(NAME_RULES.flatMap((rule) => rule.matches.map((name) => [rule, name] as const)))(
  "$0.id is told by its examples",
  ([rule, name]) => {
    expect(judge(null, name)).toEqual([rule.type, expect.anything(), `name:${rule.id}`]);
  },
);

test.for(NAME_RULES.flatMap((rule) => rule.rejects.map((name) => [rule, name] as const)))(
  "$0.id is not told by look-alikes",
  ([rule, name]) => {
    expect(rule.terms.filter((term) => hasTerm(nameParts(name), term))).toEqual([]);
  },
);

test("every number of an operator is its own, and the pinned table names it so", () => {
  const numbers = OPERATORS.flatMap(({ asns }) => asns);
  expect(OPERATOR_BY_ASN.size).toBe(numbers.length);
  const names = new Map<number, string>();
  for (const file of ["asn-ipv4.csv", "asn-ipv6.csv"]) {
    const text = readFileSync(new URL(import.meta.resolve(`@ip-location-db/asn/${file}`)), "utf8");
    for (const line of text.split("\n")) {
      const [, , asn = "", ...name] = line.split(",");
      names.set(Number(asn), name.join(",").toLowerCase());
    }
  }
  const wrong = OPERATORS.flatMap(({ asns, named }) => asns.filter((asn) => names.get(asn)?.includes(named) !== true));
  expect(wrong).toEqual([]);
});

test("any text is judged, and nothing of it comes out", () => {
  const text = fc.option(fc.oneof(fc.string({ unit: "binary", maxLength: 2000 }), fc.string()));
  const texts = fc.option(fc.array(fc.string({ unit: "binary" }), { maxLength: 20 }));
  fc.assert(
    fc.property(fc.option(fc.integer()), text, texts, (asn, organisation, labels) => {
      const { network_type: type, tier, network_rule: rule } = networkOf({ asn, organisation, labels });
      expect([null, ...NETWORK_TYPES]).toContain(type);
      expect([null, ...NETWORK_TIERS]).toContain(tier);
      expect(rule ?? "name:x").toMatch(/^(?:asn|label|name):[a-z0-9-]+$/u);
    }),
  );
});
