import { Buffer } from "node:buffer";
import type { PatternPiece } from "../../model/sigma.ts";

/** The pieces of a value as a rule writes it: `*` and `?` are wildcards, a backslash before them or before another makes it plain. */
export function piecesOf(text: string): readonly PatternPiece[] {
  const pieces: PatternPiece[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") pieces.push({ kind: "text", text: plain });
    plain = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    const next = text.charAt(at + 1);
    if (letter === "\\" && (next === "*" || next === "?" || next === "\\")) {
      plain += next;
      at += 1;
    } else if (letter === "*" || letter === "?") {
      flush();
      pieces.push({ kind: letter === "*" ? "many" : "one" });
    } else plain += letter;
  }
  flush();
  return pieces;
}

/** The text of pieces without wildcards; `null` when there are some. */
export function plainText(pieces: readonly PatternPiece[]): string | null {
  let text = "";
  for (const piece of pieces) {
    if (piece.kind !== "text") return null;
    text += piece.text;
  }
  return text;
}

/** The pieces with every text changed. */
function eachText(pieces: readonly PatternPiece[], change: (text: string) => string): readonly PatternPiece[] {
  return pieces.map((piece) => (piece.kind === "text" ? { kind: "text", text: change(piece.text) } : piece));
}

const ASCII = /^[\0-\x7f]*$/u;

/** Whether every letter is one of ASCII: only these can be written in 16 bits and stay text. */
export function isAscii(pieces: readonly PatternPiece[]): boolean {
  return pieces.every((piece) => piece.kind !== "text" || ASCII.test(piece.text));
}

/** The pieces as UTF-16 writes them, low byte first. */
export function wide(pieces: readonly PatternPiece[]): readonly PatternPiece[] {
  return eachText(pieces, (text) => Array.from(text, (letter) => `${letter}\0`).join(""));
}

/** The pieces as UTF-16 writes them, high byte first. */
export function wideBigEndian(pieces: readonly PatternPiece[]): readonly PatternPiece[] {
  return eachText(pieces, (text) => Array.from(text, (letter) => `\0${letter}`).join(""));
}

/** A text in Base64. */
export function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

const START = [0, 2, 3] as const;
const END = [undefined, -3, -2] as const;

/** The three ways in which Base64 of a longer text may hold the text. */
export function base64Offsets(text: string): readonly string[] {
  const bytes = Buffer.from(text, "utf8");
  return START.map((start, offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset, " "), bytes]);
    return shifted.toString("base64").slice(start, END[(bytes.length + offset) % 3]);
  });
}

const DASHES = ["-", "/", "\u2013", "\u2014", "\u2015"] as const;
const DASH = /\B[-/]\b/gu;

/** The value with each dash of a parameter as every dash that Windows' programs take; `null` when that makes more than `most`. */
export function dashed(pieces: readonly PatternPiece[], most: number): readonly (readonly PatternPiece[])[] | null {
  let found: (readonly PatternPiece[])[] = [[]];
  for (const piece of pieces) {
    const texts = piece.kind === "text" ? dashedText(piece.text, most) : null;
    if (piece.kind === "text" && texts === null) return null;
    const next = texts === null ? [piece] : texts.map((text): PatternPiece => ({ kind: "text", text }));
    if (found.length * next.length > most) return null;
    found = found.flatMap((before) => next.map((one) => [...before, one]));
  }
  return found;
}

function dashedText(text: string, most: number): readonly string[] | null {
  const places = Array.from(text.matchAll(DASH), (match) => match.index);
  if (DASHES.length ** places.length > most) return null;
  let found = [text];
  for (const place of places)
    found = found.flatMap((one) => DASHES.map((dash) => one.slice(0, place) + dash + one.slice(place + 1)));
  return found;
}
