/** A whole number with its thousands apart: `175,108`. */
export function count(value: number): string {
  const digits = Math.round(value).toString();
  const first = digits.length % 3;
  const groups = digits.slice(first).match(/\d{3}/gu) ?? [];
  return [...(first === 0 ? [] : [digits.slice(0, first)]), ...groups].join(",");
}

/** A number with one decimal: `3.4`. */
export function decimal(value: number): string {
  return value.toFixed(1);
}

/** A share as a percentage with one decimal; `–` without a denominator, and never rounded to 0 or 100 when it is neither. */
export function share(part: number, whole: number): string {
  if (whole <= 0) return "–";
  const percentage = (part / whole) * 100;
  if (percentage > 0 && percentage < 0.1) return "<0.1%";
  if (percentage < 100 && percentage > 99.9) return ">99.9%";
  return `${percentage.toFixed(1)}%`;
}
