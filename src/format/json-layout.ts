/** How JSON lies in a file: one value a line, or one array or values over many lines. */
export type JsonLayout = "lines" | "values";

/**
 * Tells the layout by the first bytes: an array, or an object whose brace ends its line (pretty-printed), is `values`; all else `lines`.
 *
 * @param head - The file's first bytes, without byte order mark.
 * @returns `null` when more bytes must be seen.
 */
export function jsonLayoutOf(head: Uint8Array): JsonLayout | null {
  let at = 0;
  while (isSpace(head[at])) at += 1;
  if (head[at] === 0x5b) return "values";
  if (head[at] === undefined) return null;
  if (head[at] !== 0x7b) return "lines";
  at += 1;
  while (head[at] === 0x20 || head[at] === 0x0d || head[at] === 0x09) at += 1;
  if (head[at] === undefined) return null;
  return head[at] === 0x0a ? "values" : "lines";
}

/** The bytes without a UTF-8 byte order mark at their start. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
