import { parsePrefix } from "../../model/prefix.ts";
import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { FieldComparison, PatternPiece, SigmaTest } from "../../model/sigma.ts";
import { patternFault } from "../linear-pattern.ts";
import type { ModifierName, Modifiers } from "./modifiers.ts";
import * as pieces from "./pattern-pieces.ts";

/** Ways to write one value that modifiers may make of it. */
const MOST_WAYS = 625;

type Pieces = readonly PatternPiece[];
type Scalar = string | number | boolean | null;

/** The tests of which one value of a rule asks any; says what is wrong with it. */
export function valueTests(value: Scalar, modifiers: Modifiers): Result<readonly SigmaTest[], string> {
  const { test, steps, cased } = modifiers;
  switch (test) {
    case null:
      return plainTests(value, steps, cased);
    case "re":
      return typeof value === "string" ? regexTest(value, modifiers) : fail("re wants a text");
    case "cidr":
      return cidrTest(value);
    case "lt":
    case "lte":
    case "gt":
    case "gte":
      return isNumber(value)
        ? ok([{ kind: "compare", by: test, value: Number(value) }])
        : fail(`${test} wants a number`);
    case "exists":
      return ok([value === false || value === "no" || value === "false" ? { kind: "null" } : { kind: "exists" }]);
    case "fieldref":
      if (typeof value !== "string" || value === "") return fail("fieldref wants the name of a field");
      return ok([{ kind: "field", other: value, how: comparisonOf(steps), cased }]);
  }
}

function isNumber(value: Scalar): boolean {
  return typeof value === "number" || (typeof value === "string" && value !== "" && Number.isFinite(Number(value)));
}

function comparisonOf(steps: readonly ModifierName[]): FieldComparison {
  if (steps.includes("contains")) return "contains";
  if (steps.includes("startswith")) return "starts";
  return steps.includes("endswith") ? "ends" : "is";
}

function plainTests(
  value: Scalar,
  steps: readonly ModifierName[],
  cased: boolean,
): Result<readonly SigmaTest[], string> {
  if (steps.length === 0 && typeof value !== "string") {
    if (value === null) return ok([{ kind: "null" }]);
    return ok([typeof value === "number" ? { kind: "number", value } : { kind: "flag", value }]);
  }
  if (value === null) return fail(`an empty value cannot be asked with ${steps.join("|")}`);
  let ways: readonly Pieces[] = [pieces.piecesOf(String(value))];
  for (const step of steps) {
    const next: Pieces[] = [];
    for (const way of ways) {
      const changed = changedBy(step, way);
      if (!changed.ok) return changed;
      next.push(...changed.value);
    }
    if (next.length > MOST_WAYS) return fail(TOO_MANY);
    ways = next;
  }
  return ok(ways.map((way) => ({ kind: "text", pieces: way, cased })));
}

const TOO_MANY = `windash makes more than ${MOST_WAYS} texts of it`;
const MANY: PatternPiece = { kind: "many" };

function changedBy(step: ModifierName, way: Pieces): Result<readonly Pieces[], string> {
  if (step === "contains") return ok([[MANY, ...way, MANY]]);
  if (step === "startswith") return ok([[...way, MANY]]);
  if (step === "endswith") return ok([[MANY, ...way]]);
  if (step === "windash") {
    const dashed = pieces.dashed(way, MOST_WAYS);
    return dashed === null ? fail(TOO_MANY) : ok(dashed);
  }
  if (step === "base64" || step === "base64offset") {
    const text = pieces.plainText(way);
    if (text === null) return fail(`${step} cannot be asked of wildcards`);
    const encoded = step === "base64" ? [pieces.base64(text)] : pieces.base64Offsets(text);
    return ok(encoded.map((one) => [{ kind: "text", text: one }]));
  }
  if (!pieces.isAscii(way)) return fail(`${step} can be asked of plain ASCII letters alone`);
  return ok([step === "utf16be" ? pieces.wideBigEndian(way) : pieces.wide(way)]);
}

const INLINE_FLAGS = /^\(\?([ims]{1,3})\)/u;
const LONGEST_WRITTEN = 4000;

function regexTest(written: string, { flags, cased }: Modifiers): Result<readonly SigmaTest[], string> {
  if (written.length > LONGEST_WRITTEN) return fail("the regular expression is too long");
  const inline = INLINE_FLAGS.exec(written);
  const all = ["i", "m", "s"].filter((flag) => flags.includes(flag) || inline?.[1]?.includes(flag)).join("");
  if (cased && all.includes("i")) return fail("cased and the flag i exclude each other");
  const source = withoutOpenEnds(withPlainMarks(inline === null ? written : written.slice(inline[0].length)));
  const fault = patternFault(source);
  if (fault !== null) return fail(`the regular expression ${fault}`);
  return ok([{ kind: "regex", source, flags: all }]);
}

/** Marks that many escape though they mean only themselves: JavaScript refuses that. */
const PLAIN_MARKS = "\"'_:;,=@#%&~`!<> ";

function withPlainMarks(source: string): string {
  return source.replaceAll(/\\[^]/gu, (pair) => (PLAIN_MARKS.includes(pair.charAt(1)) ? pair.charAt(1) : pair));
}

/** Any part may meet the pattern: `.*` at its beginning or end asks nothing. */
function withoutOpenEnds(source: string): string {
  if (source.includes("|")) return source;
  const start = source.startsWith(".*") && !"?+*{".includes(source.charAt(2) || " ") ? source.slice(2) : source;
  return start.endsWith(".*") && !start.endsWith("\\.*") ? start.slice(0, -2) : start;
}

function cidrTest(value: Scalar): Result<readonly SigmaTest[], string> {
  if (typeof value !== "string") return fail("cidr wants a prefix such as 192.0.2.0/24");
  const prefix = parsePrefix(value);
  return prefix.ok ? ok([{ kind: "cidr", prefix: value }]) : fail(prefix.error);
}
