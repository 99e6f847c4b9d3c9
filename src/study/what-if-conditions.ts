import { rankOf } from "../classify/version.ts";
import { PARAMETER_BANDS } from "../knowledge/parameter-bands.ts";
import { Complaint, type Problem } from "../model/complaint.ts";
import { nearestWord } from "../model/nearest-word.ts";
import { fail, ok, type Result } from "../model/result.ts";
import { UNSEEN } from "../model/unseen-text.ts";

/** What a condition may be put on. `format` is the quantization, `band` the parameters in classes. */
export const WHAT_IF_KEYS = ["lineage", "brand", "maker", "format", "bits", "band", "version"] as const;
export type WhatIfKey = (typeof WHAT_IF_KEYS)[number];

const SIGNS = ["<=", ">=", "<", ">", "="] as const;
type Sign = (typeof SIGNS)[number];

/** One condition: a text is equal (letter case aside), a number compares. */
export type Condition =
  | { readonly kind: "text"; readonly key: Exclude<WhatIfKey, "bits" | "version">; readonly text: string }
  | { readonly kind: "bits"; readonly sign: Sign; readonly bits: number }
  | { readonly kind: "version"; readonly sign: Sign; readonly version: string; readonly rank: number };

const LONGEST = 512; // characters of all conditions
const LONGEST_VALUE = 64; // characters; no name of a model's kind comes near
const MOST = 12;

/**
 * Reads `lineage=qwen2 format=Q4_K_M version<0.12.0`: conditions with spaces between, all of which must hold; a value may hold spaces. Of
 * `bits` and `version` there may be two, to make a range; of the others one each.
 *
 * @throws a {@link Complaint} that names every condition that cannot be read.
 */
export function parseConditions(text: string): readonly Condition[] {
  if (text.length > LONGEST) throw complaint([{ place: "--what-if", message: `longer than ${LONGEST} characters` }]);
  const parts = partsOf(text);
  if (parts.length === 0) throw complaint([{ place: "--what-if", message: "no condition" }]);
  if (parts.length > MOST) throw complaint([{ place: "--what-if", message: `more than ${MOST} conditions` }]);
  const read = parts.map(readCondition);
  const problems: Problem[] = read.flatMap((one) => (one.ok ? [] : [{ place: "--what-if", message: one.error }]));
  const conditions = read.flatMap((one) => (one.ok ? [one.value] : []));
  const keys = conditions.map(keyOf);
  for (const key of WHAT_IF_KEYS) {
    const times = keys.filter((one) => one === key).length;
    const most = key === "bits" || key === "version" ? 2 : 1;
    if (times > most)
      problems.push({ place: "--what-if", message: `${key}: given ${times} times, all of which must hold` });
  }
  if (problems.length > 0) throw complaint(problems);
  return conditions;
}

/** The key that a condition is on. */
export function keyOf(condition: Condition): WhatIfKey {
  return condition.kind === "text" ? condition.key : condition.kind;
}

function complaint(problems: readonly Problem[]): Complaint {
  return new Complaint(problems, `write lineage=qwen2 'version<0.12.0'; keys: ${WHAT_IF_KEYS.join(", ")}`);
}

/** Words with a sign in them begin a condition; the others belong to the value before them. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (const word of text.split(" ").filter((one) => one !== "")) {
    const before = parts.at(-1);
    if (before === undefined || /[<>=]/u.test(word)) parts.push(word);
    else parts[parts.length - 1] = `${before} ${word}`;
  }
  return parts;
}

function readCondition(part: string): Result<Condition, string> {
  const at = part.search(/[<>=]/u);
  const shown = JSON.stringify(part.replaceAll(UNSEEN, "?"));
  if (at === -1) return fail(`${shown}: no sign; write KEY=VALUE`);
  const sign = SIGNS.find((one) => part.startsWith(one, at)) ?? "=";
  const given = part.slice(0, at);
  const value = part.slice(at + sign.length);
  const key = WHAT_IF_KEYS.find((one) => one === given);
  if (key === undefined) return fail(`${shown}: ${unknownKey(given)}`);
  if (value === "" || value.length > LONGEST_VALUE)
    return fail(`${shown}: 1 to ${LONGEST_VALUE} characters after ${sign}`);
  if (value.search(UNSEEN) !== -1) return fail(`${shown}: holds what cannot be seen`);
  const read = readValue(key, sign, value);
  return read.ok ? read : fail(`${shown}: ${read.error}`);
}

function readValue(key: WhatIfKey, sign: Sign, value: string): Result<Condition, string> {
  switch (key) {
    case "bits": {
      const bits = /^\d{1,2}(?:\.\d{1,3})?$/u.test(value) ? Number(value) : null;
      return bits === null ? fail("bits are a number such as 4 or 1.58") : ok({ kind: "bits", sign, bits });
    }
    case "version": {
      const rank = rankOf(value);
      if (rank === null) return fail("a version has three numbers, as 0.12.0");
      return ok({ kind: "version", sign, version: value, rank });
    }
    case "band": {
      const band = PARAMETER_BANDS.find(({ id }) => id.toLowerCase() === value.toLowerCase());
      if (band === undefined)
        return fail(`no such band; choose from ${PARAMETER_BANDS.map(({ id }) => id).join(", ")}`);
      return sign === "=" ? ok({ kind: "text", key, text: band.id }) : fail("band is a name: only = is for it");
    }
    case "lineage":
    case "brand":
    case "maker":
    case "format":
      return sign === "=" ? ok({ kind: "text", key, text: value }) : fail(`${key} is a name: only = is for it`);
  }
}

function unknownKey(given: string): string {
  const near = nearestWord(given, WHAT_IF_KEYS);
  return near === null ? "no such key" : `no such key; did you mean ${near}?`;
}
