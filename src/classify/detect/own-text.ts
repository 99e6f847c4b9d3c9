import { Buffer } from "node:buffer";

/** V8 shares the letters of pieces from this length on with the text they were cut from. */
const SHARED_FROM = 13;

/** The same text in memory of its own, so that what keeps a piece of a row does not keep the whole chunk alive. */
export function ownText(text: string): string {
  return text.length < SHARED_FROM ? text : Buffer.from(text, "utf16le").toString("utf16le");
}
