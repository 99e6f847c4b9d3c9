import type { Buffer } from "node:buffer";

/** Kinds of JSON values. */
export type JsonKind = "object" | "array" | "string" | "number" | "true" | "false" | "null";

/** A value that its form names: where it stands in the bytes, and the values in it that the form names too. */
export class JsonNode {
  readonly kind: JsonKind;
  /** Byte of its beginning, quotes and brackets counted in. */
  readonly start: number;
  /** Byte after its end. */
  end = 0;
  /** Members or elements, named or not. */
  size = 0;
  /** Whether a string holds an escape. */
  escaped = false;
  /** Key under which it stands; `null` for elements. */
  readonly name: string | null;
  /** The last of its members that the form names, and of each the one before: few, and each name once. */
  lastMember: JsonNode | null = null;
  previous: JsonNode | null = null;
  /** Elements, where the form looks into them. */
  items: JsonNode[] | null = null;

  constructor(kind: JsonKind, start: number, name: string | null) {
    this.kind = kind;
    this.start = start;
    this.name = name;
  }
}

/** A member that is there and not null. */
export function member(node: JsonNode | null, name: string): JsonNode | null {
  const found = memberOrNull(node, name);
  return found === null || found.kind === "null" ? null : found;
}

/** A member that is there, be it null. */
export function memberOrNull(node: JsonNode | null, name: string): JsonNode | null {
  let found = node === null ? null : node.lastMember;
  while (found !== null && found.name !== name) found = found.previous;
  return found;
}

/** Text of a string; halves of surrogate pairs become U+FFFD, as Go reads them. Only for strings that are short. */
export function textOf(bytes: Buffer, node: JsonNode): string {
  if (!node.escaped) return bytes.toString("utf8", node.start + 1, node.end - 1);
  return unescaped(bytes, node.start, node.end);
}

/**
 * Text of a string with escapes that were checked; `from` and `to` enclose its quotes. One with raw control characters, which no
 * server takes, is told as a text that no rule allows.
 */
export function unescaped(bytes: Buffer, from: number, to: number): string {
  try {
    const text: unknown = JSON.parse(bytes.toString("utf8", from, to));
    return typeof text === "string" ? text.toWellFormed() : "";
  } catch {
    return "\u0000";
  }
}

/** Value of a number. */
export function numberOf(bytes: Buffer, node: JsonNode): number {
  return Number(bytes.toString("latin1", node.start, node.end));
}
