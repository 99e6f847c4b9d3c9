import type { PathAsked } from "./packet-rule.ts";

/** Escapes what a regular expression between `"/` and `/"` of a rule would read as its own. */
export function escapedPattern(text: string): string {
  return text.replaceAll(/[^\w\s-]/gu, (sign) =>
    sign === '"' || sign === ";" || sign === "/"
      ? `\\x${(sign.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`
      : `\\${sign}`,
  );
}

/** Matches a whole target without fragment: path, then nothing or a query. */
export function pathPattern(paths: readonly PathAsked[]): string {
  const whole = paths.filter(({ isBegun }) => !isBegun).map(({ path }) => segments(path));
  const begun = paths.filter(({ isBegun }) => isBegun).map(({ path }) => segments(path));
  const parts = [...(whole.length > 0 ? [`${either(whole)}(?:\\?|$)`] : []), ...begun];
  return `^${either(parts)}`;
}

function segments(path: string): string {
  return path
    .split("/")
    .map((one) => (one.startsWith(":") ? "[^\\x2f?]+" : escapedPattern(one)))
    .join("\\x2f");
}

/** One of several patterns; one alone stands without brackets. */
export function either(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? "") : `(?:${parts.join("|")})`;
}

/** What every one of the paths begins with; a parameter ends it. */
export function commonStart(paths: readonly PathAsked[]): string {
  const texts = paths.map(({ path }) => path.split(":")[0] ?? "");
  const [first = ""] = texts;
  let length = first.length;
  while (length > 0 && !texts.every((one) => one.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}

/** Matches the three digits of any of the statuses (100 to 599). */
export function statusPattern(statuses: ReadonlySet<number>): string {
  const hundreds = ["1", "2", "3", "4", "5"].flatMap((first) => digitsBelow(first, 2, statuses));
  return `^${either(hundreds)}$`;
}

function digitsBelow(start: string, more: number, statuses: ReadonlySet<number>): readonly string[] {
  const span = 10 ** more;
  const all = Array.from({ length: span }, (_, index) => Number(start) * span + index);
  const met = all.filter((one) => statuses.has(one));
  if (met.length === 0) return [];
  if (met.length === span) return [start + "[0-9]".repeat(more)];
  if (more === 1) return [`${start}${digitClass(met.map((one) => one % 10))}`];
  return Array.from({ length: 10 }, (_, digit) => digitsBelow(`${start}${digit}`, more - 1, statuses)).flat();
}

function digitClass(digits: readonly number[]): string {
  return digits.length === 1 ? digits.join("") : `[${digits.join("")}]`;
}
