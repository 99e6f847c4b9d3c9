import type { PatternPiece } from "../../model/sigma.ts";
import { containsFolded, endsFolded, foldText, isFolded, startsFolded } from "../detect/fold-text.ts";

/** Whether a text goes as a pattern does. */
export type TextTest = (text: string) => boolean;

/** Part of a pattern between two `*`: texts, and `null` for each `?`. */
type Segment = readonly (string | null)[];

/** Makes a test of a pattern; its work is bounded by the length of the text times that of the pattern. */
export function textTest(pieces: readonly PatternPiece[], cased: boolean): TextTest {
  return simpleTest(pieces, cased) ?? wildTest(pieces, cased);
}

function simpleTest(pieces: readonly PatternPiece[], cased: boolean): TextTest | null {
  const shape = pieces.map(({ kind }) => kind).join(" ");
  const plain = pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("");
  const folded = cased ? plain : foldText(plain);
  switch (shape) {
    case "":
    case "text":
      return cased ? (text) => text === plain : (text) => isFolded(text, folded);
    case "text many":
      return cased ? (text) => text.startsWith(plain) : (text) => startsFolded(text, folded);
    case "many text":
      return cased ? (text) => text.endsWith(plain) : (text) => endsFolded(text, folded);
    case "many text many":
      return cased ? (text) => text.includes(plain) : (text) => containsFolded(text, folded);
    default:
      return null;
  }
}

function wildTest(pieces: readonly PatternPiece[], cased: boolean): TextTest {
  const segments = segmentsOf(pieces, cased);
  const [first = [], ...others] = segments;
  const last = others.pop();
  return (given) => {
    const text = cased ? given : foldText26(given);
    if (!stands(first, text, 0)) return false;
    let at = lengthOf(first);
    if (last === undefined) return at === text.length;
    for (const segment of others) {
      const found = find(segment, text, at);
      if (found === -1) return false;
      at = found + lengthOf(segment);
    }
    const end = text.length - lengthOf(last);
    return end >= at && stands(last, text, end);
  };
}

/** A to Z as a to z, nothing else: the text keeps its length. */
function foldText26(text: string): string {
  return text.replaceAll(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}

function segmentsOf(pieces: readonly PatternPiece[], cased: boolean): readonly Segment[] {
  const segments: (string | null)[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === "many") segments.push([]);
    else segments.at(-1)?.push(piece.kind === "one" ? null : cased ? piece.text : foldText26(piece.text));
  }
  return segments;
}

function lengthOf(segment: Segment): number {
  return segment.reduce((sum, one) => sum + (one?.length ?? 1), 0);
}

function stands(segment: Segment, text: string, from: number): boolean {
  let at = from;
  for (const one of segment) {
    if (one === null) at += 1;
    else {
      if (!text.startsWith(one, at)) return false;
      at += one.length;
    }
    if (at > text.length) return false;
  }
  return true;
}

function find(segment: Segment, text: string, from: number): number {
  const end = text.length - lengthOf(segment);
  for (let at = from; at <= end; at += 1) if (stands(segment, text, at)) return at;
  return -1;
}
