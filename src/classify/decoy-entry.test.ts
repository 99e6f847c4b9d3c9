import fc from "fast-check";
import { expect, test } from "vitest";
import type { DecoyEntryInput, DecoyEntryTraits } from "../model/decoy.ts";
import { decoyEntryTraits } from "./decoy-entry.ts";

const real: DecoyEntryInput = {
  name: "llama3.2:3b",
  digest: "a1".repeat(32),
  size: 2_019_393_189,
  parameter_size: "3.2B",
  quantization_level: "Q4_K_M",
  remote_host: null,
};
const nothingOdd: DecoyEntryTraits = {
  digest_odd: false,
  digest_of_name: false,
  size_impossible: false,
  is_famous: true,
};

/** Made by `printf %s NAME | sha256sum`, of the name with its tag and without. */
const OF_NAME = "925b2caf983238a56eb239f3a68a67647b4fd908f282c92d3fe4d211878d24ac";
const OF_STEM = "45b1c9806e74e0494dd9a08d54a93258ffe5b6ed6468a2c6c274a21bddd7d380";

test.for([
  ["an honest entry", {}, {}],
  ["a prefix", { digest: `sha256:${"a1".repeat(32)}` }, { digest_odd: true }],
  ["twelve characters, as the list of the command line shows", { digest: "a80c4f17acd5" }, { digest_odd: true }],
  ["upper case", { digest: "A1".repeat(32) }, { digest_odd: true }],
  ["the hash of its name", { digest: OF_NAME }, { digest_of_name: true }],
  ["the same with a prefix", { digest: `sha256:${OF_NAME}` }, { digest_of_name: true, digest_odd: true }],
  ["the hash of its name without the tag", { digest: OF_STEM }, { digest_of_name: true }],
  ["no digest", { digest: null }, {}],
  ["an empty digest", { digest: "" }, {}],
  [
    "4.7 GB cannot hold 70.6 billion weights",
    { parameter_size: "70.6B", size: 4_683_087_332 },
    { size_impossible: true },
  ],
  ["nor 500 GB be 3.2 billion", { size: 500_000_000_000 }, { size_impossible: true }],
  ["a size of zero", { size: 0 }, { size_impossible: true }],
  ["no size", { size: null }, {}],
  ["no known bits", { size: 10, quantization_level: "unknown" }, {}],
  ["a cloud stub is small", { size: 384, remote_host: "https://ollama.com:443" }, {}],
  [
    "a projector on top",
    { name: "moondream:1.8b", parameter_size: "1B", quantization_level: "Q4_0", size: 1_738_451_197 },
    {},
  ],
  [
    "low nominal bits",
    { name: "llama3.3:70b", parameter_size: "70.6B", quantization_level: "IQ2_XXS", size: 19_000_000_000 },
    {},
  ],
  [
    "experts share layers",
    { name: "mixtral:8x7b", parameter_size: "8x7B", quantization_level: "Q4_0", size: 26_000_000_000 },
    {},
  ],
  ["somebody's own copy is not famous", { name: "someone/llama3.2:3b" }, { is_famous: false }],
  ["an own model is not famous", { name: "house-assistant:latest" }, { is_famous: false }],
] as const)("%s", ([, change, expected]) => {
  expect(decoyEntryTraits({ ...real, ...change })).toEqual({ ...nothingOdd, ...expected });
});

test("any entry is judged, long ones too, and nothing of it comes out", () => {
  const text = fc.option(
    fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("x".repeat(1_000_000), "sha256:", "8x7B", "Q4_0")),
  );
  const size = fc.option(fc.double());
  fc.assert(
    fc.property(text, text, size, text, text, text, (name, digest, bytes, weights, bits, host) => {
      const entry = { name, digest, size: bytes, parameter_size: weights, quantization_level: bits, remote_host: host };
      const traits = decoyEntryTraits(entry);
      expect(Object.values(traits).every((value) => typeof value === "boolean")).toBe(true);
    }),
    { numRuns: 1_000, seed: 20261121 },
  );
});
