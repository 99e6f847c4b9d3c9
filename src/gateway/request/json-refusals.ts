import type { Refusal } from "../refusal.ts";

/** Objects and arrays within each other. */
export const MAX_DEPTH = 64;
/** Values that are noted in one body: what policies walk over must not take long, however the body is made. */
export const MAX_NOTED = 16_000;
/** Bytes of a key. */
export const LONGEST_KEY = 4096;

function refusal(reason: string, message: string): Refusal {
  return { status: 400, reason, message };
}

/** Why a body is not taken for JSON that every server reads alike. */
export const JSON_REFUSALS = {
  grammar: refusal("bad-json", "the body is not JSON, strictly written"),
  utf8: refusal("bad-utf8", "the body is not UTF-8"),
  noObject: refusal("not-an-object", "the body must be one JSON object"),
  missing: refusal("missing-body", "missing request body"),
  trailing: refusal("trailing-bytes", "something follows the first JSON value of the body"),
  depth: refusal("too-deep", "the body nests too deeply"),
  items: refusal("too-many-items", "the body has too many messages, parts or tools"),
  duplicate: refusal("duplicate-key", "a key of the body stands in one object twice, or an object has too many keys"),
  longKey: refusal("long-key", "a key of the body is too long"),
  kind: refusal("wrong-type", "a value of the body is of the wrong type"),
  folded: refusal("folded-key", "a key of the body differs from a known one by letter case alone"),
} as const;
