import { type ChunkWork, step, utf16 } from "./binxml-work.ts";
import { u16At, u32At } from "./evtx-layout.ts";
import type { Attribute, TemplateInstance, XmlNode } from "./xml-node.ts";

/** Nodes and the offset behind them; `null` = no BinXML. */
export interface NodesRead {
  readonly nodes: readonly XmlNode[];
  readonly end: number;
}

const MOST_DEPTH = 32;
const MOST_VALUES = 4096;
const DEFINITION_HEAD = 24;
/** Further bits of a token's byte: that attributes or further values follow. */
const KIND = 0x3f;
const END = 0x00;
const HAS_MORE = 0x40;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

interface Open {
  readonly name: string;
  readonly attributes: Attribute[];
  readonly children: XmlNode[];
}

/** Where the reading of tokens stands. */
interface Reading {
  at: number;
  /** Where the next text or element goes: an attribute's or an element's pieces. */
  into: XmlNode[];
  readonly root: XmlNode[];
  readonly stack: Open[];
  readonly isTemplate: boolean;
}

/**
 * Reads the tokens of a template's body or a fragment (MS-EVEN6 2.2.12, and libevtx's documentation of the form in files).
 *
 * @param isTemplate - Elements of templates carry one number more.
 * @returns `null` at the first token that is none, or nested too deeply.
 */
export function readNodes(work: ChunkWork, from: number, to: number, isTemplate: boolean): NodesRead | null {
  const root: XmlNode[] = [];
  const reading: Reading = { at: from, into: root, root, stack: [], isTemplate };
  while (reading.at < to) {
    if (!step(work)) return null;
    const token = work.bytes[reading.at] ?? 0;
    if (token === END) return reading.stack.length === 0 ? { nodes: root, end: reading.at + 1 } : null;
    if (!readToken(work, token, reading)) return null;
  }
  return reading.stack.length === 0 ? { nodes: root, end: reading.at } : null;
}

/** Reads one token; `false` = it is none, or stands where none may. */
function readToken(work: ChunkWork, token: number, reading: Reading): boolean {
  switch (token & KIND) {
    case 0x01:
      return openElement(work, token, reading);
    case 0x02: {
      const inside = reading.stack.at(-1);
      if (inside === undefined) return false;
      reading.into = inside.children;
      reading.at += 1;
      return true;
    }
    case 0x03:
    case 0x04:
      reading.into = reading.stack.at(-2)?.children ?? reading.root;
      reading.at += 1;
      return reading.stack.pop() !== undefined;
    case 0x06:
      return openAttribute(work, reading);
    case 0x0f:
      reading.at += 4;
      return true;
    default:
      reading.at = readLeaf(work, reading.at, reading.into);
      return reading.at !== -1;
  }
}

function openElement(work: ChunkWork, token: number, reading: Reading): boolean {
  if (reading.stack.length >= MOST_DEPTH) return false;
  const { name, end } = nameAt(work, reading.at + (reading.isTemplate ? 7 : 5));
  const open: Open = { name, attributes: [], children: [] };
  reading.into.push({ kind: "element", ...open });
  reading.stack.push(open);
  reading.into = open.children;
  reading.at = end + (token & HAS_MORE ? 4 : 0);
  return true;
}

function openAttribute(work: ChunkWork, reading: Reading): boolean {
  const inside = reading.stack.at(-1);
  if (inside === undefined) return false;
  const { name, end } = nameAt(work, reading.at + 1);
  const parts: XmlNode[] = [];
  inside.attributes.push({ name, parts });
  reading.into = parts;
  reading.at = end;
  return true;
}

/** Reads a token that holds no others; tells the offset behind it, -1 when it is no token. */
function readLeaf(work: ChunkWork, at: number, into: XmlNode[]): number {
  const { bytes } = work;
  switch ((bytes[at] ?? 0) & KIND) {
    case 0x05: {
      const characters = u16At(bytes, at + 2);
      into.push({ kind: "text", text: utf16(work, at + 4, characters) });
      return bytes[at + 1] === 1 ? at + 4 + characters * 2 : -1;
    }
    case 0x07: {
      const characters = u16At(bytes, at + 1);
      into.push({ kind: "text", text: utf16(work, at + 3, characters) });
      return at + 3 + characters * 2;
    }
    case 0x08:
      into.push({ kind: "text", text: String.fromCharCode(u16At(bytes, at + 1)) });
      return at + 3;
    case 0x09: {
      const { name, end } = nameAt(work, at + 1);
      into.push({ kind: "text", text: ENTITIES.get(name) ?? "" });
      return end;
    }
    case 0x0a:
      return nameAt(work, at + 1).end;
    case 0x0b:
      return at + 3 + u16At(bytes, at + 1) * 2;
    case 0x0c: {
      const read = readInstance(work, at);
      if (read === null) return -1;
      into.push({ kind: "instance", instance: read.instance });
      return read.end;
    }
    case 0x0d:
    case 0x0e:
      into.push({ kind: "value", index: u16At(bytes, at + 1) });
      return at + 4;
    default:
      return -1;
  }
}

/** A name, by the offset that stands at `at`; when it points right behind itself, the name stands there. */
function nameAt(work: ChunkWork, at: number): { readonly name: string; readonly end: number } {
  const offset = u32At(work.bytes, at);
  const characters = u16At(work.bytes, offset + 6);
  let name = work.names.get(offset);
  if (name === undefined) {
    name = utf16(work, offset + 8, Math.min(characters, 256));
    work.names.set(offset, name);
  }
  return { name, end: offset === at + 4 ? at + 4 + 10 + characters * 2 : at + 4 };
}

/** Reads a use of a template: its definition may stand right inside of the first one. */
function readInstance(
  work: ChunkWork,
  at: number,
): { readonly instance: TemplateInstance; readonly end: number } | null {
  const { bytes } = work;
  const template = u32At(bytes, at + 6);
  let from = at + 10;
  if (template === from) from += DEFINITION_HEAD + u32At(bytes, from + 20);
  const count = u32At(bytes, from);
  const table = from + 4;
  if (count > MOST_VALUES || table + count * 4 > bytes.length) return null;
  const starts = new Int32Array(count);
  let start = table + count * 4;
  for (let index = 0; index < count; index += 1) {
    starts[index] = start;
    start += u16At(bytes, table + index * 4);
  }
  work.steps -= count >> 3;
  return start > bytes.length ? null : { instance: { template, count, table, starts }, end: start };
}

/** The body of a template, read once a chunk; `null` = it is none. */
export function templateBody(work: ChunkWork, offset: number): readonly XmlNode[] | null {
  const known = work.templates.get(offset);
  if (known !== undefined) return known;
  const from = offset + DEFINITION_HEAD;
  const to = from + u32At(work.bytes, offset + 20);
  if (to > work.bytes.length) return null;
  const read = readNodes(work, from, to, true);
  if (read !== null) work.templates.set(offset, read.nodes);
  return read?.nodes ?? null;
}
