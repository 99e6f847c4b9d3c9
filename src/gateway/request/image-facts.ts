import type { Buffer } from "node:buffer";
import { member, textOf } from "./json-node.ts";
import type { JsonNode } from "./json-node.ts";

/** Images of a request, and how many bytes of it they take. */
export interface ImageFacts {
  readonly count: number;
  readonly bytes: number;
}

/** Lists whose elements may hold images. */
const HOLDERS = ["messages", "input", "system"] as const;
/** Bytes of a quoted text that are too few for the word. */
const SHORTEST = 6;
const NO_IMAGES: ImageFacts = { count: 0, bytes: 0 };

/** Counts images where any family puts them: `images` of the request or a message, parts and blocks of contents. */
export function imagesIn(bytes: Buffer, root: JsonNode): ImageFacts {
  const found: JsonNode[] = [...(member(root, "images")?.items ?? [])];
  for (const name of HOLDERS) {
    const items = member(root, name)?.items ?? null;
    if (items !== null) for (const item of items) takeImages(bytes, item, found);
  }
  if (found.length === 0) return NO_IMAGES;
  return { count: found.length, bytes: found.reduce((sum, { start, end }) => sum + end - start, 0) };
}

function takeImages(bytes: Buffer, item: JsonNode, found: JsonNode[]): void {
  for (let node = item.lastMember; node !== null; node = node.previous) {
    if (node.items === null) continue;
    if (node.name === "images") for (const image of node.items) found.push(image);
    else if (node.name === "content") for (const part of node.items) takePart(bytes, part, found);
  }
}

/** An image itself, or a result whose parts are. */
function takePart(bytes: Buffer, part: JsonNode, found: JsonNode[]): void {
  if (isImage(bytes, part)) found.push(part);
  for (const inner of member(part, "content")?.items ?? []) if (isImage(bytes, inner)) found.push(inner);
}

function isImage(bytes: Buffer, part: JsonNode): boolean {
  for (let node = part.lastMember; node !== null; node = node.previous) {
    if ((node.name === "image_url" || node.name === "source") && node.kind !== "null") return true;
    if (node.name === "type" && node.end - node.start > SHORTEST && textOf(bytes, node).includes("image")) return true;
  }
  return false;
}
