import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { SigmaExpression } from "../../model/sigma.ts";

const MOST_TOKENS = 2000;
const DEEPEST = 64;

/** Named searches of a rule. */
export type Searches = ReadonlyMap<string, SigmaExpression>;

/**
 * Reads a condition: names of searches, `and`, `or`, `not`, brackets, `1 of`, `any of` and `all of` with a pattern or `them`. `not` binds
 * closer than `and`, `and` closer than `or`.
 *
 * @returns what is wrong in words.
 */
export function readCondition(text: string, searches: Searches): Result<SigmaExpression, string> {
  const tokens = tokensOf(text);
  if (tokens.length > MOST_TOKENS) return fail(`has more than ${MOST_TOKENS} words`);
  if (tokens.includes("|"))
    return fail("`|` counts rows as version 1 did; write a correlation instead (event_count, value_count)");
  const reader = new ConditionReader(tokens, searches);
  return reader.whole();
}

function tokensOf(text: string): readonly string[] {
  return text
    .replaceAll(/[()|]/gu, " $& ")
    .split(/\s/u)
    .filter((word) => word !== "");
}

/** What ends the reading; caught in this file. */
class Fault extends Error {}

const WORDS = new Set(["and", "or", "not", "of", "(", ")"]);

/** Owns the place where a condition is read. */
class ConditionReader {
  readonly #tokens: readonly string[];
  readonly #searches: Searches;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[], searches: Searches) {
    this.#tokens = tokens;
    this.#searches = searches;
  }

  whole(): Result<SigmaExpression, string> {
    try {
      const expression = this.#either();
      const left = this.#tokens[this.#at];
      if (left !== undefined)
        return fail(left === ")" ? "a bracket closes that none opened" : `"${left}" stands alone`);
      return ok(expression);
    } catch (error) {
      if (error instanceof Fault) return fail(error.message);
      throw error;
    }
  }

  #either(): SigmaExpression {
    const of = [this.#both()];
    while (this.#takes("or")) of.push(this.#both());
    return joined("any", of);
  }

  #both(): SigmaExpression {
    const of = [this.#one()];
    while (this.#takes("and")) of.push(this.#one());
    return joined("all", of);
  }

  #one(): SigmaExpression {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new Fault(`is deeper than ${DEEPEST}`);
    const expression = this.#takes("not") ? ({ kind: "not", of: this.#one() } as const) : this.#operand();
    this.#depth -= 1;
    return expression;
  }

  #operand(): SigmaExpression {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Fault("ends where a search is wanted");
    this.#at += 1;
    if (token === "(") {
      const inner = this.#either();
      if (!this.#takes(")")) throw new Fault("a bracket is not closed");
      return inner;
    }
    if (this.#takes("of")) return this.#of(token.toLowerCase());
    const search = this.#searches.get(token);
    if (search !== undefined) return search;
    if (WORDS.has(token.toLowerCase())) throw new Fault(`"${token}" stands where a search is wanted`);
    throw new Fault(`there is no search "${token}"`);
  }

  #of(count: string): SigmaExpression {
    const pattern = this.#tokens[this.#at];
    this.#at += 1;
    if (pattern === undefined || WORDS.has(pattern.toLowerCase())) throw new Fault("`of` wants a pattern or `them`");
    if (count !== "1" && count !== "any" && count !== "all")
      throw new Fault(`"${count} of": only 1, any and all can be asked`);
    const found = [...this.#searches].filter(([name]) => meets(name, pattern)).map(([, search]) => search);
    if (found.length === 0) throw new Fault(`no search meets "${pattern}"`);
    return joined(count === "all" ? "all" : "any", found);
  }

  #takes(word: string): boolean {
    if (this.#tokens[this.#at]?.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }
}

function joined(kind: "all" | "any", of: readonly SigmaExpression[]): SigmaExpression {
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind, of };
}

/** `them` is every search whose name does not begin with an underscore, which stands for searches that others use. */
function meets(name: string, pattern: string): boolean {
  if (pattern === "them") return !name.startsWith("_");
  if (name.startsWith("_") && !pattern.startsWith("_")) return false;
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
