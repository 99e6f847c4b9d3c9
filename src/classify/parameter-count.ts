import { PARAMETER_BANDS } from "../knowledge/parameter-bands.ts";

const LONGEST = 24; // characters
const MOST = 1e15; // weights; beyond it a text is no model size
const SIZE = /^(?:(\d{1,4})x)?(\d{1,6}(?:\.\d{1,6})?) ?([KMBT])$/iu;
const UNITS: ReadonlyMap<string, number> = new Map([
  ["K", 1e3],
  ["M", 1e6],
  ["B", 1e9],
  ["T", 1e12],
]);

/**
 * Weights named by `parameter_size`: `7.6B` → 7,600,000,000. `8x7B` is taken at its word, 56 billions, although experts share
 * layers. `null` when the text names none; zero is none.
 *
 * @see ollama/ollama@fb307608 format/format.go, HumanNumber
 */
export function parameterCount(size: string | null): number | null {
  if (size === null || size.length > LONGEST) return null;
  const match = SIZE.exec(size.trim());
  const unit = UNITS.get(match?.[3]?.toUpperCase() ?? "");
  if (match === null || unit === undefined) return null;
  const count = Math.round(Number(match[1] ?? 1) * Number(match[2]) * unit);
  return count >= 1 && count <= MOST ? count : null;
}

/** The band a number of weights falls into; `null` when the number is not known. */
export function parameterBand(count: number | null): string | null {
  if (count === null) return null;
  const band = PARAMETER_BANDS.find((one) => count >= one.from && (one.below === null || count < one.below));
  return band?.id ?? null;
}
