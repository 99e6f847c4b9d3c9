import fc from "fast-check";
import { expect, test } from "vitest";
import { BRANDS } from "../knowledge/brands.ts";
import { LINEAGES } from "../knowledge/lineages.ts";
import { QUANTIZATION_RULES } from "../knowledge/quantizations.ts";
import { JUDGEMENTS } from "./judgements.ts";
import { modelNameParts } from "./model-name.ts";

/** Any UTF-16 text, lone surrogates, control and bidi characters included, up to 10,000 units. */
const anything = fc
  .array(fc.oneof(fc.nat(0xffff), fc.nat(0x7f), fc.constantFrom(0x202e, 0x2066, 0xd800, 0xdfff, 0, 0x1b)), {
    maxLength: 200,
  })
  .chain((units) =>
    fc.nat(50).map((times) =>
      String.fromCharCode(...units)
        .repeat(times)
        .slice(0, 10_000),
    ),
  );

const honest = fc.constantFrom(
  ...BRANDS.flatMap((row) => row.matches),
  ...LINEAGES.map((row) => row.id),
  ...QUANTIZATION_RULES.flatMap((rule) => rule.matches.map(([text]) => text)),
  "0.17.1-rc0",
  "7.6B",
  "8x7B",
);

/** Honest text with something wrong in it: what slips past rules. */
const nearly = fc
  .tuple(honest, anything, fc.nat(40))
  .map(([text, noise, at]) => text.slice(0, at) + noise + text.slice(at));

const hostile = fc.option(fc.oneof(anything, honest, nearly));

/** Printable ASCII: what evidence may hold. */
const PLAIN = /^[\x20-\x7e]{1,400}$/u;
const VISIBLE = /^[a-z0-9][a-z0-9._+-]{0,63}$/u;

test("a model is judged whatever its texts hold, and no raw text comes out", () => {
  fc.assert(
    fc.property(
      hostile,
      hostile,
      hostile,
      hostile,
      hostile,
      (name, family, quantization_level, parameter_size, remote_host) => {
        const judged = JUDGEMENTS.model({ name, family, quantization_level, parameter_size, remote_host });
        expect(judged.lineage ?? "none").toMatch(VISIBLE);
        expect(judged.brand ?? "none").toMatch(VISIBLE);
        expect([null, 1, 2, 3, 4, 5, 6, 7, 8, 16, 32]).toContain(judged.bits);
        expect(judged.parameter_count ?? 1).toBeGreaterThanOrEqual(1);
        expect(judged.parameter_band === null).toBe(judged.parameter_count === null);
      },
    ),
    { numRuns: 2_000, seed: 20260821 },
  );
});

test("a version is judged whatever it holds: known with a rank, or unknown without", () => {
  fc.assert(
    fc.property(hostile, (version) => {
      const judged = JUDGEMENTS.version(version);
      expect(judged.rank !== null && Number.isFinite(judged.rank)).toBe(judged.known);
      expect(judged.cves.some((one) => (one.state === "unknown") === judged.known)).toBe(false);
    }),
    { numRuns: 2_000, seed: 20260821 },
  );
});

test("checks and capabilities come out whole whatever goes in", () => {
  const list = fc.option(fc.array(fc.oneof(anything, fc.constantFrom("tools", "vision", "clip")), { maxLength: 5 }));
  const truth = fc.option(fc.boolean());
  fc.assert(
    fc.property(hostile, list, list, truth, truth, fc.boolean(), (text, tags, families, uses, projector, flag) => {
      const versions = { version: text, card_version: text };
      const seen = {
        tags,
        card: families,
        family: text,
        families,
        template_uses_tools: uses,
        has_projector: projector,
      };
      expect(JUDGEMENTS.capabilities({ ...versions, ...seen, is_cloud: flag }).length).toBe(8);
      const known = { confirmed: flag, product: text };
      const checks = JUDGEMENTS.checks({
        ...known,
        loopback: flag,
        answer: "open",
        fingerprint: text,
        signs: [],
        fronted: flag,
        completion: uses,
        tools: uses,
        vision: projector,
        embedding: projector,
        has_cloud_model: uses,
        guard_off: projector,
        tier: text,
        vector_store_beside: uses,
        open_days: 7,
        looked_days: 7,
      });
      expect(checks.length).toBe(11);
      const onVersions = JUDGEMENTS.versionChecks({ answer: "open", ...known, version: text });
      expect(onVersions.length).toBe(20);
      expect([...checks, ...onVersions].filter((one) => !PLAIN.test(one.evidence))).toEqual([]);
    }),
    { numRuns: 500, seed: 20260821 },
  );
});

test("the parts of a name hold no separator of another part and no raw character", () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const parts = modelNameParts(name);
      const text = parts === null ? "none" : `${parts.namespace}${parts.model}${parts.tag}`;
      expect(text).toMatch(/^[a-z0-9_.-]+$/u);
      expect(parts?.host ?? "none").toMatch(/^[a-z0-9_.:[\]-]+$/u);
    }),
    { numRuns: 2_000, seed: 20260821 },
  );
});

/** Quadratic work on these would outlast the test's deadline by far. */
test("a megabyte is refused by its length", () => {
  const long = ["a", "-", "_", "0", ".", "/", ":", "a-0", "Q4_K"].map((unit) => unit.repeat(1_000_000));
  for (const text of long) {
    const model = { name: text, family: text, quantization_level: text, parameter_size: text, remote_host: null };
    expect(JUDGEMENTS.model(model)).toMatchObject({ lineage: null, brand: null, bits: null, parameter_count: null });
    expect(JUDGEMENTS.version(text).known).toBe(false);
  }
});
