import { expect, test } from "vitest";
import { QUANTIZATION_RULES, QUANTIZATION_UNKNOWN } from "../knowledge/quantizations.ts";
import { quantizationBits } from "./quantization-bits.ts";

test.each(QUANTIZATION_RULES.flatMap((rule) => rule.matches.map(([text, bits]) => [text, bits] as const)))(
  "%j has %d bits",
  (text, bits) => {
    expect(quantizationBits(text)).toBe(bits);
  },
);

test.each(QUANTIZATION_RULES.flatMap((rule) => rule.rejects.map((text) => [rule.id, text] as const)))(
  "%s does not claim %j",
  (id, text) => {
    const rule = QUANTIZATION_RULES.find((one) => one.id === id);
    expect(rule?.pattern.test(text.toUpperCase())).toBe(false);
  },
);

test.each([...QUANTIZATION_UNKNOWN, null, "Q4_0\u0000", `Q4${"_K".repeat(50_000)}`])("%j tells no width", (text) => {
  expect(quantizationBits(text)).toBeNull();
});
