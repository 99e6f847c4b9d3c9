import { isAscii, isUtf8 } from "node:buffer";
import type { Buffer } from "node:buffer";
import type { Failure } from "../model/failure.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";

/** What JSON may cost before it is parsed at all. */
export interface JsonCaps {
  readonly maxDepth: number;
  /** Values of the document: entries of its arrays and objects. */
  readonly maxValues: number;
}

export const JSON_CAPS: JsonCaps = { maxDepth: 32, maxValues: 100_000 };

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;

/**
 * Parses JSON of a stranger: strict UTF-8, depth and number of values counted on the bytes first.
 *
 * @param body - Already capped in size by whoever read it.
 * @returns The value, or `bad-utf8`, `too-deep`, `too-many`, `bad-json`.
 */
export function parseJson(body: Buffer, caps: JsonCaps = JSON_CAPS): Result<unknown, Failure> {
  const ascii = isAscii(body);
  if (!ascii && !isUtf8(body)) return fail("bad-utf8");
  const excess = exceeds(body, caps);
  if (excess !== null) return fail(excess);
  try {
    const text = body.toString(ascii ? "latin1" : "utf8");
    return ok(JSON.parse(text) as unknown);
  } catch {
    return fail("bad-json");
  }
}

/** Counts nesting and values; brackets and commas inside of strings do not count. */
function exceeds(body: Uint8Array, caps: JsonCaps): Failure | null {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(body, at);
    } else if (byte === COMMA) {
      values += 1;
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      values += 1;
      if (depth > caps.maxDepth) return "too-deep";
    } else if (byte === 0x5d || byte === 0x7d) {
      depth -= 1;
    }
  }
  return values > caps.maxValues ? "too-many" : null;
}

/** Index of the quote that ends the string begun at `from`, or the last byte. */
function endOfString(body: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  return at;
}
