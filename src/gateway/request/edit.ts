import type { JsonNode } from "./json-node.ts";
import { member, memberOrNull } from "./json-node.ts";

/** Bytes of a body that are replaced by a text; `start` = `end` inserts it. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Puts a member into an object: in place of its value where the key is there, else before all others. */
export function putMember(object: JsonNode, name: string, json: string): Edit {
  const node = memberOrNull(object, name);
  if (node !== null) return { start: node.start, end: node.end, text: json };
  const at = object.start + 1;
  return { start: at, end: at, text: `${JSON.stringify(name)}:${json}${object.size === 0 ? "" : ","}` };
}

/** Puts a member into an object of the root, which is made where it is missing or null. */
export function putWithin(root: JsonNode, outer: string, name: string, json: string): Edit {
  const object = member(root, outer);
  return object === null ? putMember(root, outer, `{${JSON.stringify(name)}:${json}}`) : putMember(object, name, json);
}
