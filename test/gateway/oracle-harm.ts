import { Buffer } from "node:buffer";
import type { ModelRouteId } from "../../src/knowledge/ollama-routes.ts";
import { BODY_MAKERS } from "./oracle-bodies.ts";
import type { Draft, Members } from "./oracle-bodies.ts";
import type { Dice } from "./oracle-dice.ts";

const quoted = (text: string): string => JSON.stringify(text);

/** A body near one that the route takes: keys folded, doubled, escaped, values of other types, bytes hurt. */
export function fuzzBody(dice: Dice, id: ModelRouteId): Buffer {
  const make = BODY_MAKERS[id];
  if (make === undefined) throw new TypeError(`no maker for ${id}`);
  const text = written(dice, hurt(dice, make(dice)));
  const end = dice.once(24) ? dice.pick(['{"model":"secret"}', "x", "\n", " ", ",", "\u0000"]) : "";
  return harmed(dice, Buffer.from((dice.once(60) ? "\ufeff" : "") + text + end));
}

/** Changes that JSON still allows, somewhere in it. */
function hurt(dice: Dice, draft: Draft): Draft {
  if (typeof draft === "string")
    return dice.once(90) ? dice.pick(["null", "{}", "[]", '"x"', "1", "true", "[null]"]) : draft;
  if ("elements" in draft) return { elements: draft.elements.map((one) => hurt(dice, one)) };
  const members: Members = draft.members.map(([key, value]) => [hurtKey(dice, key), hurt(dice, value)]);
  if (members.length > 0 && dice.once(14)) members.splice(dice.roll(members.length + 1), 0, dice.pick(members));
  if (members.length > 0 && dice.once(14)) {
    const [key] = dice.pick(members);
    members.push([hurtKey(dice, folded(dice, key)), dice.pick(['"secret"', "true", "99999", "null", "[]"])]);
  }
  if (dice.once(16))
    members.push([
      dice.pick(["other", "MODELS", "x\u00e9", "__proto__"]),
      dice.pick(["1", "{}", '{"model":"secret"}']),
    ]);
  return { members };
}

function hurtKey(dice: Dice, key: string): string {
  return dice.once(40) ? folded(dice, key) : key;
}

function folded(dice: Dice, key: string): string {
  switch (dice.roll(4)) {
    case 0:
      return key.toUpperCase();
    case 1:
      return key.replace("s", "\u017f").replace("k", "\u212a");
    case 2: {
      const at = dice.roll(key.length);
      return key.slice(0, at) + key.slice(at, at + 1).toUpperCase() + key.slice(at + 1);
    }
    default:
      return key;
  }
}

function written(dice: Dice, draft: Draft): string {
  const gap = (): string => (dice.once(12) ? dice.pick([" ", "\n", "\t", "\r\n "]) : "");
  if (typeof draft === "string") return gap() + draft + gap();
  if ("elements" in draft) return `[${draft.elements.map((one) => written(dice, one)).join()}${gap()}]`;
  const members = draft.members.map(
    ([key, value]) => `${gap()}${writtenKey(dice, key)}${gap()}:${written(dice, value)}`,
  );
  return `{${members.join()}${gap()}}`;
}

function writtenKey(dice: Dice, key: string): string {
  if (!dice.once(50) || key === "") return quoted(key);
  const at = dice.roll(key.length);
  const escape = `\\u${key.charCodeAt(at).toString(16).padStart(4, "0")}`;
  return `"${key.slice(0, at)}${escape}${key.slice(at + 1)}"`;
}

/** One byte in some bodies. */
function harmed(dice: Dice, bytes: Buffer): Buffer {
  if (!dice.once(8)) return bytes;
  const at = dice.roll(bytes.length + 1);
  const byte = Buffer.from([
    dice.pick([0, 9, 10, 31, 32, 34, 44, 58, 91, 92, 93, 123, 125, 0x2f, 0x65, 0x80, 0xc0, 0xff, dice.roll(256)]),
  ]);
  switch (dice.roll(3)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), byte, bytes.subarray(at)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    default:
      return Buffer.concat([bytes.subarray(0, at), byte, bytes.subarray(at + 1)]);
  }
}
