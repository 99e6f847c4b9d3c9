import type { Buffer } from "node:buffer";
import type { ReadReply } from "../model/reply.ts";
import { parseJson } from "./json-guard.ts";

/** Characters of a body that are kept to tell products by. */
const KEPT_CHARACTERS = 16_384;
const OPENERS = /^\s{0,64}["[{]/u;

/** Reads one reply for telling products: its text, and its JSON when it is some. */
export function readReply(
  head: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  body: Buffer,
  isCut: boolean,
): ReadReply {
  const text = body.toString("utf8", 0, Math.min(body.length, KEPT_CHARACTERS));
  const parsed = !isCut && OPENERS.test(text) ? parseJson(body) : null;
  return { ...head, body: text, isCut, json: parsed?.ok === true ? parsed.value : undefined };
}
