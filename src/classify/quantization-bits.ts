import { QUANTIZATION_RULES } from "../knowledge/quantizations.ts";

const LONGEST = 32; // characters; the longest known name has 9

/** Nominal bits of a weight from `quantization_level`; `null` when the text tells none (`unknown`, empty, not sent). */
export function quantizationBits(level: string | null): number | null {
  if (level === null || level.length > LONGEST) return null;
  const text = level.trim().toUpperCase();
  for (const rule of QUANTIZATION_RULES) {
    const match = rule.pattern.exec(text);
    if (match !== null) return rule.bits ?? Number(match[1]);
  }
  return null;
}
