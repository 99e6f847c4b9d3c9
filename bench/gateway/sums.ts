/** The value below which a share of the values lies (nearest rank); NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Median with the least and the most beside it. */
export function spread(values: readonly number[], digits: number): string {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return "–";
  const part = (share: number): string => quantile(known, share).toFixed(digits);
  return known.length === 1 ? part(0.5) : `${part(0.5)} (${part(0)}–${part(1)})`;
}
