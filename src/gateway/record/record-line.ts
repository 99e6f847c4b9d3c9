import { UNSEEN } from "../../model/unseen-text.ts";
import type { RecordRow } from "./record-row.ts";

/** Anything that cannot stand between quotes of JSON as it is: all but visible ASCII without quote and backslash. */
const UNCLEAN = /[^ !#-[\]-~]/u;
const KEY_START = "corral_";
const KEY = /corral_[\w-]{1,100}/gu;
const MOST_PATH = 200;
/** Longest text of any other field. */
const MOST_TEXT = 256;

/**
 * A row as one line of JSON without its end: keys in fixed order, texts cut and cleaned of what cannot be seen, numbers rounded to whole
 * ones. Written by hand because it runs once a request: clean text, nearly all there is, is copied as it stands, and the gateway's own
 * words (ids of routes and reasons, methods that the HTTP parser knows, digests, hex) are not looked at.
 */
export function recordLine(row: RecordRow): string {
  return (
    `{"at":"${row.at}","id":${quoted(row.id, MOST_TEXT)},"key":${own(row.key)},"owner":${textOrNull(row.owner)}` +
    `,"role":${textOrNull(row.role)},"address":${quoted(row.address, MOST_TEXT)},"method":"${row.method}"` +
    `,"route":${own(row.route)},"path":${quoted(withoutKey(row.path), MOST_PATH)},"model":${textOrNull(row.model)}` +
    `,"decision":"${row.decision}","reason":"${row.reason}","status":${whole(row.status)}` +
    `,"promptTokens":${wholeOrNull(row.promptTokens)},"answerTokens":${wholeOrNull(row.answerTokens)}` +
    `,"counted":"${row.counted}","bytesIn":${whole(row.bytesIn)},"bytesOut":${whole(row.bytesOut)}` +
    `,"waitMs":${whole(row.waitMs)},"firstByteMs":${wholeOrNull(row.firstByteMs)},"durationMs":${whole(row.durationMs)}` +
    `,"promptDigest":${own(row.promptDigest)},"ended":"${row.ended}"}`
  );
}

/** A path that a client put its key into where no path token is taken: the record outlives the key. */
function withoutKey(path: string): string {
  return path.includes(KEY_START) ? path.replace(KEY, `${KEY_START}…`) : path;
}

function own(word: string | null): string {
  return word === null ? "null" : `"${word}"`;
}

function textOrNull(text: string | null): string {
  return text === null ? "null" : quoted(text, MOST_TEXT);
}

function quoted(text: string, most: number): string {
  const cut = text.length > most ? text.slice(0, most) : text;
  return UNCLEAN.test(cut) ? JSON.stringify(cut.replace(UNSEEN, "\uFFFD")) : `"${cut}"`;
}

/** A number as text; what is none (a fault of ours) must not break the line. */
function whole(value: number): string {
  const rounded = Math.round(value);
  return rounded - rounded === 0 ? `${rounded}` : "0";
}

function wholeOrNull(value: number | null): string {
  return value === null ? "null" : whole(value);
}
