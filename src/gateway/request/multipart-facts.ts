import { Buffer, isUtf8 } from "node:buffer";
import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { Refusal } from "../refusal.ts";
import { NO_FACTS } from "./body-facts.ts";
import type { BodyFacts } from "./body-facts.ts";
import { canonicalModel } from "./canonical-model.ts";

const UNCLEAN: Refusal = {
  status: 400,
  reason: "unclean-form",
  message: "the form is not multipart/form-data, plainly written",
};
const QUERY: Refusal = { status: 400, reason: "unclean-query", message: "a form takes no query" };
const TWO_MODELS: Refusal = { status: 400, reason: "ambiguous-model", message: "the form names more than one model" };
const NO_MODEL: Refusal = { status: 400, reason: "model-missing", message: "model is required" };

/** RFC 2046 boundaries without quotes, spaces or anything that would need them. */
const CONTENT_TYPE = /^multipart\/form-data; ?boundary="?([0-9A-Za-z'()+_,./:=?-]{1,70})"?$/iu;
/** The only headers that a part may have; a transfer encoding or a parameter of RFC 2231 is read by some servers alone. */
const DISPOSITION =
  /^content-disposition: form-data; name="([A-Za-z0-9_.[\]-]{1,64})"(; filename="([^"\\\r\n]{0,255})")?$/iu;
const PART_TYPE = /^content-type: [A-Za-z0-9!#$&^_.+/;= -]{1,127}$/iu;
const MAX_PARTS = 64;
const LONGEST_HEAD = 1024; // bytes
const LONGEST_NAME = 512; // bytes

interface Part {
  readonly name: string;
  readonly isFile: boolean;
  readonly from: number;
  readonly to: number;
}

/**
 * Facts of a form (`/v1/audio/transcriptions`): the model that its one `model` part names.
 *
 * @param contentType - The request's header, `null` if there was none.
 * @param query - What follows the question mark that is sent on; Go reads `model` from it before it reads the form.
 */
export function multipartFacts(contentType: string | null, query: string, bytes: Buffer): Result<BodyFacts, Refusal> {
  if (query !== "") return fail(QUERY);
  const boundary = CONTENT_TYPE.exec(contentType ?? "")?.[1];
  const parts = boundary === undefined ? null : partsOf(bytes, boundary);
  if (parts === null) return fail(UNCLEAN);
  const models = parts.filter(({ name }) => name.toLowerCase() === "model");
  const [part, second] = models;
  if (second !== undefined) return fail(TWO_MODELS);
  if (part === undefined) return fail(NO_MODEL);
  if (part.isFile || part.name !== "model" || part.to - part.from > LONGEST_NAME) return fail(UNCLEAN);
  const model = canonicalModel(bytes.toString("utf8", part.from, part.to));
  const files = parts.filter(({ isFile }) => isFile).reduce((sum, { from, to }) => sum + to - from, 0);
  return model.ok
    ? ok({ ...NO_FACTS, model: model.value, answerTokens: null, promptBytes: bytes.length - files })
    : model;
}

/** `null` for what is not written exactly so: no preamble, line ends of CR LF, no delimiter within a part, nothing after the end. */
function partsOf(bytes: Buffer, boundary: string): readonly Part[] | null {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  if (!bytes.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2))) return null;
  const parts: Part[] = [];
  let at = delimiter.length - 2;
  while (parts.length <= MAX_PARTS) {
    const line = bytes.toString("latin1", at, at + 2);
    if (line === "--") return isEnd(bytes, at + 2) ? parts : null;
    const next = bytes.indexOf(delimiter, at);
    const part = line === "\r\n" && next !== -1 ? partAt(bytes, at + 2, next) : null;
    if (part === null) return null;
    parts.push(part);
    at = next + delimiter.length;
  }
  return null;
}

function isEnd(bytes: Buffer, at: number): boolean {
  const rest = bytes.toString("latin1", at, at + 3);
  return rest === "" || rest === "\r\n";
}

function partAt(bytes: Buffer, from: number, to: number): Part | null {
  const headEnd = bytes.indexOf("\r\n\r\n", from);
  if (headEnd === -1 || headEnd + 4 > to || headEnd - from > LONGEST_HEAD) return null;
  const head = bytes.subarray(from, headEnd);
  if (!isUtf8(head)) return null;
  const [first, second, ...more] = head.toString("utf8").split("\r\n");
  const disposition = DISPOSITION.exec(first ?? "");
  const name = disposition?.[1];
  if (name === undefined || more.length > 0 || (second !== undefined && !PART_TYPE.test(second))) return null;
  return { name, isFile: disposition?.[2] !== undefined, from: headEnd + 4, to };
}
