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
const NONE: readonly JsonNode[] = [];

/** Counts images where any family puts them: `images` of the request or a message, parts and blocks of contents. */
export function imagesIn(bytes: Buffer, root: JsonNode): ImageFacts {
  let count = 0;
  let size = 0;
  const take = (image: JsonNode): void => {
    count += 1;
    size += image.end - image.start;
  };
  for (const image of member(root, "images")?.items ?? NONE) take(image);
  for (const name of HOLDERS) {
    for (const item of member(root, name)?.items ?? NONE) {
      for (const image of member(item, "images")?.items ?? NONE) take(image);
      for (const part of partsOf(item)) if (isImage(bytes, part)) take(part);
    }
  }
  return { count, bytes: size };
}

/** Parts of a message's content, and the parts in those. */
function partsOf(item: JsonNode): readonly JsonNode[] {
  const parts = member(item, "content")?.items ?? NONE;
  return parts.flatMap((part) => [part, ...(member(part, "content")?.items ?? NONE)]);
}

function isImage(bytes: Buffer, part: JsonNode): boolean {
  if (member(part, "image_url") !== null || member(part, "source") !== null) return true;
  const type = member(part, "type");
  return type !== null && textOf(bytes, type).includes("image");
}
