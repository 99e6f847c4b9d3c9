import type { SigmaFieldSource } from "../../knowledge/sigma/fields.ts";
import type { EventClass } from "../../model/event.ts";
import type { PatternPiece, SigmaExpression, SigmaTest } from "../../model/sigma.ts";
import { foldText } from "../detect/fold-text.ts";
import type { SigmaVerdict } from "./compile-sigma.ts";
import { sourceOf } from "./field-source.ts";
import { SHORTEST_PART } from "./part-finder.ts";
import { regexPart } from "./regex-part.ts";

/** Where a rule needs a text: in what a field is read from, or in the row as it stands. */
export type NeedSource = Exclude<SigmaFieldSource, "event-id"> | "row";

/** A text without which a rule cannot speak. */
export interface Need {
  readonly source: NeedSource;
  /** Somewhere in the value, or all of it; in both the case of A to Z does not matter. */
  readonly kind: "part" | "whole";
  /** A to Z as a to z. */
  readonly text: string;
}

/** One of these must stand there; none of them = no event can meet it; `null` = nothing of the kind is sure. */
export type Needs = readonly Need[] | null;

/** Alternatives that are followed; rules with more are asked of every event. */
const MOST_NEEDS = 20_000;
/** Characters of a part: more would not tell more. */
const LONGEST_PART = 32;

/** Tells for one class of events what an expression needs; `verdictOf` is what its parts were compiled to. */
export function needsFinder(
  eventClass: EventClass,
  verdictOf: (expression: SigmaExpression) => SigmaVerdict,
): (expression: SigmaExpression) => Needs {
  const known = new Map<SigmaExpression, Needs>(); // a search may be named many times
  const needsOf = (expression: SigmaExpression): Needs => {
    const before = known.get(expression);
    if (before !== undefined) return before;
    const verdict = verdictOf(expression);
    const needs = typeof verdict === "function" ? find(expression) : verdict ? null : [];
    known.set(expression, needs);
    return needs;
  };
  const find = (expression: SigmaExpression): Needs => {
    switch (expression.kind) {
      case "all":
        return expression.of.map(needsOf).reduce(rarer, null);
      case "any":
        return together(expression.of.map(needsOf));
      case "not":
        return expression.of.kind === "not" ? needsOf(expression.of.of) : null;
      case "field": {
        const source = sourceOf(expression.field, eventClass);
        return source === null || source === "event-id" ? null : valueNeeds(source, expression.test);
      }
      case "keyword":
        return valueNeeds("row", expression.test);
    }
  };
  return needsOf;
}

/** Whichever fewer events are likely to have: long texts. */
function rarer(one: Needs, other: Needs): Needs {
  return rarity(other) > rarity(one) ? other : one;
}

/** Where hardly two events say the same; values of all other fields come again and again, however long they are. */
export const VARIED_SOURCES: ReadonlySet<NeedSource> = new Set([
  "commandLine",
  "path",
  "name:path",
  "query",
  "uri",
  "question",
  "sourceIp",
  "destinationIp",
  "sha256",
  "hashes",
  "value",
  "row",
]);
const MOST_OF_OTHERS = 4;

function rarity(needs: Needs): number {
  if (needs === null) return -1;
  return needs.reduce((least, { source, text }) => {
    const own = VARIED_SOURCES.has(source) ? text.length : Math.min(text.length, MOST_OF_OTHERS);
    return Math.min(least, own);
  }, Infinity);
}

function together(each: readonly Needs[]): Needs {
  const all: Need[] = [];
  for (const needs of each) {
    if (needs === null || all.length + needs.length > MOST_NEEDS) return null;
    all.push(...needs);
  }
  return all;
}

function valueNeeds(source: NeedSource, test: SigmaTest): Needs {
  switch (test.kind) {
    case "text":
      return textNeeds(source, test.pieces);
    case "number":
      return [{ source, kind: "whole", text: foldText(String(test.value)) }];
    case "regex":
      return partNeeds(source, regexPart(test.source, test.flags));
    case "flag":
    case "null":
    case "exists":
    case "cidr":
    case "compare":
    case "field":
      return null;
  }
}

function textNeeds(source: NeedSource, pieces: readonly PatternPiece[]): Needs {
  const texts = pieces.map((piece) => (piece.kind === "text" ? piece.text : null));
  if (!texts.includes(null)) return [{ source, kind: "whole", text: foldText(texts.join("")) }];
  const longest = texts.reduce<string>((best, one) => (one !== null && one.length > best.length ? one : best), "");
  return partNeeds(source, longest);
}

function partNeeds(source: NeedSource, text: string): Needs {
  return text.length < SHORTEST_PART ? null : [{ source, kind: "part", text: foldText(text.slice(0, LONGEST_PART)) }];
}
