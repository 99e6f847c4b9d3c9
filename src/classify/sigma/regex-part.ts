/** An escape, or one character. */
const TOKEN = /\\?[^]/gu;
const PLAIN_ESCAPE = /^\\[^\w\s]$/u;
/** Escapes that more belongs to than the next character. */
const LONG_ESCAPE = /^\\[\dckpPux]$/u;
const REPEATED_OR_NOT = "*?{";
const MARKS = "^$.*+?()[]{}|";
const ASCII = /^[ -~]$/u;
/** Letters that the flag `i` takes for others than their own capital: for the long s, and the sign of kelvin. */
const WITH_STRANGERS = /^[ks]$/iu;
const CLOSES: Readonly<Record<string, string>> = { "[": "]", "{": "}" };

/**
 * The longest text that stands in every text which a pattern (flag `u` and those given) meets; letters may differ in case when the flags
 * say `i`. Empty when none is sure: parts in brackets, alternatives and written numbers of characters are not looked into.
 */
export function regexPart(source: string, flags: string): string {
  const runs = [""];
  let depth = 0;
  let until: string | null = null;
  for (const [token] of source.matchAll(TOKEN)) {
    if (until !== null) {
      if (token === until) until = null;
      continue;
    }
    if (LONG_ESCAPE.test(token) || (token === "|" && depth === 0)) return "";
    if (token === "(") depth += 1;
    if (token === ")") depth -= 1;
    until = CLOSES[token] ?? null;
    const letter = depth === 0 ? letterOf(token, flags) : null;
    const run = runs.at(-1) ?? "";
    if (letter !== null) runs[runs.length - 1] = run + letter;
    else {
      if (REPEATED_OR_NOT.includes(token)) runs[runs.length - 1] = run.slice(0, -1);
      runs.push("");
    }
  }
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), "");
}

/** The character that a token stands for; `null` = none, or not this one alone. */
function letterOf(token: string, flags: string): string | null {
  const letter = PLAIN_ESCAPE.test(token) ? token.slice(1) : MARKS.includes(token) ? "" : token;
  return ASCII.test(letter) && !(flags.includes("i") && WITH_STRANGERS.test(letter)) ? letter : null;
}
