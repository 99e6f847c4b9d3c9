import type { Buffer } from "node:buffer";
import type { BodyForm } from "./body-form.ts";
import { unescaped } from "./json-node.ts";

/** A key between its quotes. */
export interface KeyRange {
  readonly from: number;
  readonly to: number;
  readonly escaped: boolean;
}

const LONG_S = "\u017f";
const KELVIN = "\u212a";

/**
 * The known key that a structure of the server takes a key for although it is written otherwise: in other case, with a long s or
 * a Kelvin sign, or with escapes. `null` where it takes it for none, or where the form is no structure and the key no escape of a known one.
 *
 * @see Go encoding/json, fold.go
 */
export function foldedName(bytes: Buffer, { from, to, escaped }: KeyRange, form: BodyForm): string | null {
  if (!escaped && (!form.folds || isPlain(bytes, from, to))) return null;
  const key = escaped ? unescaped(bytes, from - 1, to + 1) : bytes.toString("utf8", from, to);
  const folded = form.folds ? key.replaceAll(LONG_S, "s").replaceAll(KELVIN, "k").toLowerCase() : key;
  return form.names.has(folded) ? folded : null;
}

/** Without capitals and without bytes beyond ASCII: folding changes nothing. */
function isPlain(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte > 127 || (byte >= 65 && byte <= 90)) return false;
  }
  return true;
}
