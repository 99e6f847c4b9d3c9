import { Buffer } from "node:buffer";
import type { ReadReply } from "../../model/reply.ts";
import type { Told } from "../tell-product.ts";
import { evidenceOf } from "./notes.ts";
import type { Notes } from "./notes.ts";

const JSON_OPENER = /^\s{0,16}[[{]/u;
const FIRST_ERROR = 300;

/**
 * Whether the product was told by nothing but the JSON that the control path got as well. A page that every path gets is what many honest
 * products send; JSON that every path gets is what no product of the table sends. Of an Ollama `control-same-body` says it already.
 */
export function restsOnControl(notes: Notes, { product, tell }: Told): boolean {
  const { control } = notes;
  if (control === null || product.id === "ollama" || !JSON_OPENER.test(control)) return false;
  const isSame = (body: string | null): boolean => body !== null && beginsLike(body, control);
  const { root, owners, version, models } = evidenceOf(notes);
  const isOfOwn = notes.beginnings.includes(control);
  return !tell.holds({
    version: isOfOwn ? null : version,
    models: isOfOwn ? null : models,
    root: isSame(root) ? null : root,
    owners: isSame(notes.replies["v1-models"]?.body ?? null) ? null : owners,
    replies: Object.fromEntries(Object.entries(notes.replies).filter(([, { body }]) => !isSame(body))),
  });
}

/** Whether two routes were answered with one and the same JSON, so that a path nobody can know is worth the next question. */
export function saysTheSame({ replies }: Notes): boolean {
  const bodies = Object.values(replies).flatMap(({ status, body }: ReadReply) =>
    status < FIRST_ERROR && body !== null && JSON_OPENER.test(body) ? [body] : [],
  );
  return new Set(bodies).size < bodies.length;
}

/** What the control path got is kept byte by byte as Latin-1. */
function beginsLike(body: string, control: string): boolean {
  return Buffer.from(body.slice(0, control.length)).toString("latin1").startsWith(control);
}
