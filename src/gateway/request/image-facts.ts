import type { Buffer } from "node:buffer";
import { member, textOf } from "./json-node.ts";
import type { JsonNode } from "./json-node.ts";

/** Pictures and other media of a request. */
export interface ImageFacts {
  readonly count: number;
  /** Bytes of the request that images take. */
  readonly bytes: number;
  /** Whether a picture, sound, video or file is named by an address, which some servers fetch. */
  readonly isRemote: boolean;
}

interface Found {
  readonly images: JsonNode[];
  isRemote: boolean;
}

/** Lists whose elements may hold media. */
const HOLDERS = ["messages", "input", "system"] as const;
/** Members of a part that hold a medium or its address. */
const MEDIA: ReadonlySet<string> = new Set(["image_url", "video_url", "audio_url", "file_url", "source"]);
/** Bytes of a quoted text that are too few for the word. */
const SHORTEST = 6;
/** So much of a text tells whether it is an address. */
const HEAD_BYTES = 64;
/** The medium itself: a `data:` URL, or bare base64, also where a writer of JSON escapes each slash. */
const INLINE = /^(?:data:|(?:[\w+/=-]|\\\/)*\\?$)/u;
const NO_IMAGES: ImageFacts = { count: 0, bytes: 0, isRemote: false };

/** Looks for media where any family puts them: `images` of the request or a message, parts and blocks of contents, outputs of tools. */
export function imagesIn(bytes: Buffer, root: JsonNode): ImageFacts {
  const found: Found = { images: [], isRemote: false };
  takeList(bytes, member(root, "images"), found);
  for (const name of HOLDERS) {
    const items = member(root, name)?.items ?? null;
    if (items !== null) for (const item of items) takeImages(bytes, item, found);
  }
  const { images, isRemote } = found;
  if (images.length === 0) return isRemote ? { ...NO_IMAGES, isRemote } : NO_IMAGES;
  return { count: images.length, bytes: images.reduce((sum, { start, end }) => sum + end - start, 0), isRemote };
}

/** A list of nothing but images. */
function takeList(bytes: Buffer, list: JsonNode | null, found: Found): void {
  for (const image of list?.items ?? []) {
    found.images.push(image);
    found.isRemote ||= isAddress(bytes, image);
  }
}

function takeImages(bytes: Buffer, item: JsonNode, found: Found): void {
  for (let node = item.lastMember; node !== null; node = node.previous) {
    if (node.name === "images") takeList(bytes, node, found);
    else if (node.name === "content" || node.name === "output") {
      if (node.items === null) takePart(bytes, node, found);
      else for (const part of node.items) takePart(bytes, part, found);
    }
  }
}

/** An image itself, or a result whose parts are. */
function takePart(bytes: Buffer, part: JsonNode, found: Found): void {
  takeMedium(bytes, part, found);
  for (const inner of member(part, "content")?.items ?? []) takeMedium(bytes, inner, found);
}

function takeMedium(bytes: Buffer, part: JsonNode, found: Found): void {
  if (isImage(bytes, part)) found.images.push(part);
  for (let node = part.lastMember; node !== null; node = node.previous) {
    if (node.name === null || !MEDIA.has(node.name)) continue;
    found.isRemote ||= isAddress(bytes, node.kind === "object" ? member(node, "url") : node);
  }
}

/** Whether a text names something that lies elsewhere; what is no text names nothing. */
function isAddress(bytes: Buffer, node: JsonNode | null): boolean {
  if (node?.kind !== "string") return false;
  const head = bytes.toString("latin1", node.start + 1, Math.min(node.end - 1, node.start + 1 + HEAD_BYTES));
  return !INLINE.test(head);
}

function isImage(bytes: Buffer, part: JsonNode): boolean {
  for (let node = part.lastMember; node !== null; node = node.previous) {
    if ((node.name === "image_url" || node.name === "source") && node.kind !== "null") return true;
    if (node.name === "type" && node.end - node.start > SHORTEST && textOf(bytes, node).includes("image")) return true;
  }
  return false;
}
