import { readNodes, templateBody } from "./binxml-nodes.ts";
import { FRAGMENT, type Scalar, valueAt } from "./binxml-value.ts";
import { type ChunkWork, step } from "./binxml-work.ts";
import { u16At } from "./evtx-layout.ts";
import type { TemplateInstance, XmlNode } from "./xml-node.ts";

/** An element as JSON: children by name, several of one name as a list, `Data` by its `Name`, attributes as `#attributes`. */
export type XmlObject = Record<string, unknown>;

type Element = Extract<XmlNode, { readonly kind: "element" }>;

/** What an element holds, as it is gathered. */
interface Content {
  text: Scalar;
  children: XmlObject | null;
}

const MOST_DEPTH = 48;
const NO_VALUES: TemplateInstance = { template: 0, count: 0, table: 0, starts: new Int32Array(0) };

/**
 * Reads the XML of a record.
 *
 * @returns `{"Event": {"System": …, "EventData": …}}`; `null` when it is broken, or costs more than records do.
 */
export function eventAt(work: ChunkWork, from: number, to: number): XmlObject | null {
  const read = readNodes(work, from, to, false);
  if (read === null) return null;
  const content: Content = { text: null, children: null };
  const isWhole = gather(work, read.nodes, NO_VALUES, content, 0);
  return isWhole ? content.children : null;
}

/** Adds what nodes stand for to the element around them; `false` = broken. */
function gather(
  work: ChunkWork,
  nodes: readonly XmlNode[],
  values: TemplateInstance,
  into: Content,
  depth: number,
): boolean {
  if (depth > MOST_DEPTH) return false;
  for (const node of nodes) {
    if (!step(work)) return false;
    switch (node.kind) {
      case "text":
        addText(into, node.text);
        break;
      case "value":
        if (!gatherValue(work, node.index, values, into, depth)) return false;
        break;
      case "instance": {
        const body = templateBody(work, node.instance.template);
        if (body === null || !gather(work, body, node.instance, into, depth + 1)) return false;
        break;
      }
      case "element":
        if (!gatherElement(work, node, values, into, depth)) return false;
        break;
    }
  }
  return true;
}

function gatherValue(work: ChunkWork, index: number, values: TemplateInstance, into: Content, depth: number): boolean {
  if (index >= values.count) return true;
  const entry = values.table + index * 4;
  const size = u16At(work.bytes, entry);
  const kind = work.bytes[entry + 2] ?? 0;
  const at = values.starts[index] ?? 0;
  if (kind !== FRAGMENT) {
    addText(into, valueAt(work, kind, at, size));
    return true;
  }
  const read = readNodes(work, at, at + size, false);
  return read !== null && gather(work, read.nodes, NO_VALUES, into, depth + 1);
}

function addText(into: Content, value: Scalar): void {
  if (value === null || value === "") return;
  into.text = into.text === null ? value : `${wordsOf(into.text)}${wordsOf(value)}`;
}

function wordsOf(value: Scalar): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function gatherElement(
  work: ChunkWork,
  element: Element,
  values: TemplateInstance,
  into: Content,
  depth: number,
): boolean {
  const content: Content = { text: null, children: null };
  const isWhole = gather(work, element.children, values, content, depth + 1);
  if (!isWhole) return false;
  let attributes: XmlObject | null = null;
  for (const { name, parts } of element.attributes) {
    const inner: Content = { text: null, children: null };
    if (!gather(work, parts, values, inner, depth + 1)) return false;
    if (inner.text === null) continue;
    attributes ??= emptyObject();
    attributes[name] = inner.text;
  }
  into.children ??= emptyObject();
  const named = element.name === "Data" ? attributes?.["Name"] : undefined;
  if (typeof named === "string") addChild(into.children, named, content.text ?? content.children);
  else addChild(into.children, element.name, valueOf(content, attributes));
  return true;
}

function valueOf({ text, children }: Content, attributes: XmlObject | null): unknown {
  if (attributes === null) return children ?? text;
  const whole = children ?? emptyObject();
  whole["#attributes"] = attributes;
  if (text !== null) whole["#text"] = text;
  return whole;
}

function addChild(children: XmlObject, name: string, value: unknown): void {
  const before = children[name];
  if (before === undefined) children[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else children[name] = [before, value];
}

/** Without a prototype: names come from the file. */
function emptyObject(): XmlObject {
  return { __proto__: null };
}
