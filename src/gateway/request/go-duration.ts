/** Seconds of a unit. */
const UNITS = {
  ns: 1e-9,
  us: 1e-6,
  "\u00b5s": 1e-6,
  "\u03bcs": 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
} as const;

const LONGEST = 64; // characters
const AMOUNT = /^(?:\d+(?:\.\d*)?|\.\d+)/u;
const UNIT = /^(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h)/u;

function isUnit(text: string): text is keyof typeof UNITS {
  return Object.hasOwn(UNITS, text);
}

/**
 * Seconds of a text as Go's time.ParseDuration reads it (`5m`, `1h30m`, `-1.5s`); `null` for what it refuses.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goDurationSeconds(text: string): number | null {
  if (text.length > LONGEST) return null;
  const isNegative = text.startsWith("-");
  let rest = isNegative || text.startsWith("+") ? text.slice(1) : text;
  if (rest === "0") return 0;
  if (rest === "") return null;
  let seconds = 0;
  while (rest !== "") {
    const amount = AMOUNT.exec(rest)?.[0] ?? "";
    const unit = UNIT.exec(rest.slice(amount.length))?.[0] ?? "";
    if (amount === "" || !isUnit(unit)) return null;
    seconds += Number(amount) * UNITS[unit];
    rest = rest.slice(amount.length + unit.length);
  }
  return isNegative ? -seconds : seconds;
}
