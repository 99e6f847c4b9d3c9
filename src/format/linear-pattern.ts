/** Longest pattern that is read. */
const LONGEST = 512;
/** Longest text that an accepted pattern may be tried on. */
export const LONGEST_TRIED = 4096;
/** Ways to match that repetitions with an end, and alternatives, may multiply to. */
const MOST_WAYS = 16_384;
/** Steps on the longest text: some hundredths of a second. */
const MOST_STEPS = 4 * LONGEST_TRIED ** 2;

/** How many ways an engine that backtracks may have to try. */
interface Ways {
  /** Why they cannot be counted. */
  readonly fault: string | null;
  /** Of choices that the length of the text does not touch. */
  readonly factor: number;
  /** Repetitions without an end that may stop anywhere. */
  readonly degree: number;
  /** Whether a repetition without an end is there whose next character tells where it stops: it costs its length, and no choice. */
  readonly walks: boolean;
}

type Node =
  | { readonly kind: "one"; readonly text: string; readonly isLiteral: boolean }
  | { readonly kind: "edge"; readonly isStart: boolean }
  | { readonly kind: "group"; readonly ways: Ways; readonly isAnchored: boolean };

interface Item {
  readonly node: Node;
  readonly least: number;
  readonly most: number;
}

const ONE: Ways = { fault: null, factor: 1, degree: 0, walks: false };
const NAMED = /^\(\?<[A-Za-z_]\w{0,40}>/u;
const ESCAPE =
  /^\\(?:[dDwWsSnrtfv^$\\.*+?()[\]{}|/-]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]{1,6}\}|[pP]\{[\w=]{1,60}\})/u;
const COUNT = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/u;

/**
 * Tells why a regular expression of a JSON Schema is not taken; `null` when its work on any text of {@link LONGEST_TRIED} characters is bounded
 * by the square of that length. Refuses more than it must: what cannot be counted simply is not taken.
 */
export function patternFault(pattern: string): string | null {
  if (pattern.length > LONGEST) return `is longer than ${LONGEST} characters`;
  try {
    RegExp(pattern, "u");
  } catch {
    return "is no regular expression";
  }
  const { ways, isAnchored } = new PatternReader(pattern).whole();
  if (ways.fault !== null) return ways.fault;
  const degree = ways.degree + (ways.walks ? 1 : 0) + (isAnchored ? 0 : 1);
  if (ways.factor * LONGEST_TRIED ** degree <= MOST_STEPS) return null;
  const more = isAnchored ? "" : "begin it with ^, or ";
  return `may be tried in too many ways; ${more}give most repetitions an end, {0,63}`;
}

/** Reads a pattern that is known to be well-formed; owns the place where it reads. */
class PatternReader {
  readonly #text: string;
  #at = 0;
  #fault: string | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): { readonly ways: Ways; readonly isAnchored: boolean } {
    return this.#alternatives();
  }

  #alternatives(): { readonly ways: Ways; readonly isAnchored: boolean } {
    const found: Ways[] = [];
    let isAnchored = true;
    do {
      if (found.length > 0) this.#at += 1;
      const items = this.#sequence();
      const first = items[0];
      isAnchored &&= first !== undefined && first.least === 1 && isStart(first.node);
      found.push(inSequence(items));
    } while (this.#text[this.#at] === "|");
    const ways = {
      fault: this.#fault ?? found.find(({ fault }) => fault !== null)?.fault ?? null,
      factor: found.reduce((sum, { factor }) => sum + factor, 0),
      degree: Math.max(...found.map(({ degree }) => degree)),
      walks: found.some(({ walks }) => walks),
    };
    return { ways: bounded(ways), isAnchored };
  }

  #sequence(): Item[] {
    const items: Item[] = [];
    for (;;) {
      const next = this.#text[this.#at];
      if (next === undefined || next === "|" || next === ")") return items;
      const node = this.#node(next);
      items.push({ node, ...this.#repetition() });
    }
  }

  #node(next: string): Node {
    switch (next) {
      case "(":
        return this.#group();
      case "[":
        return { kind: "one", text: this.#class(), isLiteral: false };
      case "^":
      case "$":
        this.#at += 1;
        return { kind: "edge", isStart: next === "^" };
      case "\\":
        return this.#escape();
      default: {
        const text = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
        this.#at += text.length;
        return { kind: "one", text, isLiteral: next !== "." };
      }
    }
  }

  #group(): Node {
    const rest = this.#text.slice(this.#at);
    const named = NAMED.exec(rest)?.[0];
    if (named !== undefined) this.#at += named.length;
    else if (rest.startsWith("(?:")) this.#at += 3;
    else {
      if (rest.startsWith("(?")) this.#fault ??= "looks ahead or behind, or changes flags within; write it without";
      this.#at += 1;
      while (this.#text[this.#at] === "?" || this.#text[this.#at] === "=" || this.#text[this.#at] === "!")
        this.#at += 1;
    }
    const { ways, isAnchored } = this.#alternatives();
    this.#at += 1;
    return { kind: "group", ways, isAnchored };
  }

  #class(): string {
    const from = this.#at;
    this.#at += 1;
    while (this.#text[this.#at] !== "]") this.#at += this.#text[this.#at] === "\\" ? 2 : 1;
    this.#at += 1;
    return this.#text.slice(from, this.#at);
  }

  #escape(): Node {
    const rest = this.#text.slice(this.#at);
    if (rest.startsWith("\\b") || rest.startsWith("\\B")) {
      this.#at += 2;
      return { kind: "edge", isStart: false };
    }
    const known = ESCAPE.exec(rest)?.[0];
    if (known === undefined) this.#fault ??= "refers back to a group, or has an escape that is not known here";
    const text = known ?? rest.slice(0, 2);
    this.#at += text.length;
    return { kind: "one", text, isLiteral: !/^\\[dDwWsSpP]/u.test(text) };
  }

  #repetition(): { readonly least: number; readonly most: number } {
    const found = this.#counts();
    if (found === null) return { least: 1, most: 1 };
    if (this.#text[this.#at] === "?") this.#at += 1;
    return found;
  }

  #counts(): { readonly least: number; readonly most: number } | null {
    const next = this.#text[this.#at];
    if (next === "*" || next === "+" || next === "?") {
      this.#at += 1;
      return { least: next === "+" ? 1 : 0, most: next === "?" ? 1 : Infinity };
    }
    const count = COUNT.exec(this.#text.slice(this.#at));
    if (count === null) {
      if (next !== "{") return null;
      this.#fault ??= "repeats something too often";
      this.#at = this.#text.indexOf("}", this.#at) + 1;
      return { least: 0, most: Infinity };
    }
    const [whole, least = "", comma, most = ""] = count;
    this.#at += whole.length;
    if (comma === undefined) return { least: Number(least), most: Number(least) };
    return { least: Number(least), most: most === "" ? Infinity : Number(most) };
  }
}

function inSequence(items: readonly Item[]): Ways {
  let all = ONE;
  for (const [at, item] of items.entries()) {
    const ways = repeated(item, items[at + 1]);
    all = bounded({
      fault: all.fault ?? ways.fault,
      factor: all.factor * ways.factor,
      degree: all.degree + ways.degree,
      walks: all.walks || ways.walks,
    });
  }
  return all;
}

function repeated({ node, least, most }: Item, next: Item | undefined): Ways {
  const inner = node.kind === "group" ? node.ways : ONE;
  if (inner.fault !== null || (most === 1 && least === 1)) return inner;
  if (inner.degree > 0 || inner.walks) return { ...ONE, fault: "repeats what itself repeats without end" };
  if (node.kind === "one" && stopsAt(node.text, next)) return { ...ONE, walks: most === Infinity };
  if (most !== Infinity) return bounded({ ...ONE, factor: waysOf(inner.factor, least, most) });
  if (inner.factor > 1)
    return { ...ONE, fault: "repeats without end what can match in several ways; write [ab] for (a|b)" };
  return { ...ONE, degree: 1 };
}

/** Sum of `factor` to the power of every count of repetitions. */
function waysOf(factor: number, least: number, most: number): number {
  if (factor === 1) return most - least + 1;
  let sum = 0;
  for (let count = least; count <= most && sum <= MOST_WAYS; count += 1) sum += factor ** count;
  return sum;
}

function bounded(ways: Ways): Ways {
  if (ways.factor <= MOST_WAYS || ways.fault !== null) return ways;
  return { ...ways, factor: 1, fault: "may be tried in too many ways by its choices and repetitions" };
}

/** Whether what follows a repetition is a character that cannot be part of it. */
function stopsAt(repeats: string, next: Item | undefined): boolean {
  if (next === undefined || next.least === 0 || next.node.kind !== "one" || !next.node.isLiteral) return false;
  return !RegExp(`^(?:${repeats})$`, "u").test(characterOf(next.node.text));
}

/** The character that a literal stands for, by trying it. */
function characterOf(literal: string): string {
  return literal.startsWith("\\") ? escaped(literal) : literal;
}

const CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v" };

function escaped(literal: string): string {
  const name = literal.slice(1);
  if (Object.hasOwn(CONTROLS, name)) return CONTROLS[name] ?? "";
  const code = /^[xu]\{?([\da-fA-F]+)\}?$/u.exec(name)?.[1];
  return code === undefined ? name : String.fromCodePoint(Number.parseInt(code, 16));
}

function isStart(node: Node): boolean {
  return node.kind === "edge" ? node.isStart : node.kind === "group" && node.isAnchored;
}
