import { expect, test } from "vitest";
import { DECOY_SIGNS, NOTHING_ODD, SAMPLE_STAMPS } from "../knowledge/decoy-signs.ts";
import type { DecoyInput } from "../model/decoy.ts";
import { SIGNS } from "../model/observation.ts";
import { decoyOf } from "./decoy.ts";

/** Ids are public: a row may be added, none may change or go without a major release. */
test("the frozen list of signs and weights", () => {
  expect(DECOY_SIGNS.map(({ id, weight }) => `${id} ${weight}`)).toEqual([
    "control-same-body strong",
    "control-tells strong",
    "writes-answered strong",
    "passwd-body strong",
    "mixed-body strong",
    "details-misnamed strong",
    "digest-odd strong",
    "digest-of-name strong",
    "stamp-of-sample strong",
    "control-answered medium",
    "field-too-new medium",
    "root-server-header medium",
    "charset-wrong medium",
    "not-found-foreign medium",
    "cors-unasked medium",
    "created-differs medium",
    "out-of-order medium",
    "size-impossible medium",
    "stamps-alike medium",
    "stamps-shared-widely medium",
    "engines-many medium",
    "page-plays-many medium",
    "stamps-shared weak",
    "stamps-whole weak",
    "port-unusual weak",
    "ports-many weak",
    "keys-sorted weak",
    "page-shared weak",
    "never-loaded weak",
    "image-clone against",
    "running-changes against",
    "version-rises against",
    "digests-common weakly-against",
  ]);
});

test.for(DECOY_SIGNS.flatMap((sign) => sign.examples.map((change) => [sign.id, change] as const)))(
  "%s holds of %j",
  ([id, change]) => {
    const { evidence } = decoyOf({ ...NOTHING_ODD, ...change });
    expect(evidence.map(({ sign }) => sign)).toContain(id);
  },
);

test.for(DECOY_SIGNS.flatMap((sign) => sign.lookAlikes.map((change) => [sign.id, change] as const)))(
  "%s does not hold of %j",
  ([id, change]) => {
    const { evidence } = decoyOf({ ...NOTHING_ODD, ...change });
    expect(evidence.map(({ sign }) => sign)).not.toContain(id);
  },
);

const nothing: DecoyInput = {
  ...NOTHING_ODD,
  confirmed: false,
  product: null,
  version_told: false,
  entries: null,
  has_digests: false,
  has_own_stamps: false,
  products: [],
};

test.for([
  [NOTHING_ODD, "likely-real", 0],
  [{ ...NOTHING_ODD, signs: ["control-same-body"] }, "likely-decoy", 6],
  [{ ...NOTHING_ODD, signs: ["control-same-body"], running_changed: true, version_rose: true }, "uncertain", 3],
  [{ ...nothing, product: "qdrant", version_told: true }, "likely-real", 0],
  [{ ...nothing, product: "qdrant", version_told: true, signs: ["control-tells"] }, "likely-decoy", 6],
  [{ ...NOTHING_ODD, signs: ["field-too-new"] }, "uncertain", 3],
  [{ ...NOTHING_ODD, signs: ["field-too-new", "charset-wrong"] }, "likely-decoy", 6],
  [{ ...NOTHING_ODD, signs: ["field-too-new"], running_changed: true }, "likely-real", 1],
  [{ ...NOTHING_ODD, port_usual: false }, "likely-real", 1],
  [{ ...NOTHING_ODD, port_usual: false, signs: ["keys-sorted"] }, "uncertain", 2],
  [{ ...NOTHING_ODD, stamp_addresses: 30, has_own_stamps: false }, "uncertain", 3],
  [{ ...NOTHING_ODD, stamp_addresses: 30 }, "likely-real", 1],
  [{ ...NOTHING_ODD, signs: ["odd-entries", "pipelining-disliked", "card-disagrees"] }, "likely-real", 0],
] as const)("%j → %s, %i", ([input, expected, score]) => {
  expect(decoyOf(input)).toMatchObject({ class: expected, score });
});

test.for([
  [nothing],
  [{ ...nothing, answer: "silent" }],
  [{ ...nothing, answer: "login" }],
  [{ ...nothing, product: "ollama", confirmed: true, version_told: true, entries: 0 }],
  [{ ...nothing, product: "ollama", confirmed: true, version_told: true, entries: 3, has_digests: false }],
  [{ ...nothing, product: "qdrant" }],
] as const)("of %j too little was seen: uncertain, and that is said", ([input]) => {
  const judged = decoyOf(input);
  expect(judged.class).toBe("uncertain");
  expect(judged.evidence.map(({ sign }) => sign)).toEqual(["little-seen"]);
});

test("numbers stand in the words, and no brace is left", () => {
  const text = (change: Partial<DecoyInput>): string => JSON.stringify(decoyOf({ ...NOTHING_ODD, ...change }).evidence);
  expect(text({ stamp_addresses: 12 })).toContain("On one day 12 addresses showed");
  expect(text({ stamp_addresses: 100 })).toContain("On one day 100 or more addresses showed");
  const every = text({
    signs: SIGNS,
    stamp_addresses: 3,
    page_addresses: 4,
    page_products: 5,
    open_ports: 60,
    all_famous: true,
    running_looks: 9,
  });
  expect(every).toContain("60 ports of this address answered");
  expect(every).not.toMatch(/\{[a-z_]+\}/u);
});

test("the sample times are those of the documentation, to the nanosecond", () => {
  expect(SAMPLE_STAMPS.filter((stamp) => !/^20\d\d-\d\d-\d\dT[\d:]{8}\.\d{9}-07:00$/u.test(stamp))).toEqual([
    "2023-12-07T09:32:18.757212583-08:00",
  ]);
});
