import type { Buffer } from "node:buffer";
import type { Refusal } from "../refusal.ts";
import { FNV_PRIME, FNV_START } from "./body-form.ts";
import type { KeyRange } from "./folded-name.ts";
import { JSON_REFUSALS, LONGEST_KEY } from "./json-refusals.ts";
import { escapeEnd } from "./json-token.ts";

/** A key with the hash of its bytes. */
export interface KeyToken extends KeyRange {
  readonly hash: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;

/** Reads a key after its first quote; one that does not end, holds a raw control character or is too long is refused. */
export function readKey(bytes: Buffer, from: number): KeyToken | Refusal {
  const longest = Math.min(from + LONGEST_KEY, bytes.length);
  let at = from;
  let escaped = false;
  let hash = FNV_START;
  let byte = bytes[at] ?? 0;
  while (byte !== QUOTE && at < longest) {
    if (byte < SPACE) return JSON_REFUSALS.grammar;
    hash = Math.imul(hash ^ byte, FNV_PRIME);
    if (byte === BACKSLASH) {
      escaped = true;
      at = escapeEnd(bytes, at);
      if (at === -1) return JSON_REFUSALS.grammar;
    } else at += 1;
    byte = bytes[at] ?? 0;
  }
  if (byte === QUOTE) return { from, to: at, escaped, hash };
  return at >= bytes.length ? JSON_REFUSALS.grammar : JSON_REFUSALS.longKey;
}
