import { createPublicKey, hash, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Instant } from "../../model/instant.ts";

/** What the first line of a trail says its predecessor hashes to. */
export const GENESIS = "0".repeat(64);

/** First words of a signed text: a signature of the audit key means nothing else. */
const SIGNED_CONTEXT = "corral gateway audit checkpoint 1\n";

/** Where a trail stands: the number of its last line and that line's hash. */
export interface TrailHead {
  readonly seq: number;
  /** SHA-256 of the line's bytes without its end, 64 hex digits. */
  readonly hash: string;
}

/** A trail before its first line. */
export const EMPTY_HEAD: TrailHead = { seq: 0, hash: GENESIS };

/** SHA-256 of a line without its end, 64 hex digits. */
export function lineHash(line: string | Buffer): string {
  return hash("sha256", line, "hex");
}

/** The head of a trail after one more line. */
export function headAfter(head: TrailHead, line: string): TrailHead {
  return { seq: head.seq + 1, hash: lineHash(line) };
}

/** A line that follows `head`; `object` is the text of a JSON object that is not empty. */
export function chainedLine(head: TrailHead, object: string): string {
  return `{"seq":${head.seq + 1},"prev":"${head.hash}",${object.slice(1)}`;
}

/** A line that vouches for all before it: `count` lines, the last of which hashes to `head`. */
export function checkpointLine(head: TrailHead, at: Instant, key: KeyObject): string {
  const body = checkpointBody(head, at);
  return sealed(body, sign(null, Buffer.from(SIGNED_CONTEXT + body), key));
}

function checkpointBody(head: TrailHead, at: Instant): string {
  return chainedLine(head, `{"checkpoint":{"head":"${head.hash}","count":${head.seq},"at":${JSON.stringify(at)}}}`);
}

function sealed(body: string, signature: Buffer): string {
  return `${body.slice(0, -1)},"signature":"${signature.toString("hex")}"}`;
}

/** A note for bytes before it that are no line: the gateway was killed while it wrote them. */
export interface TornNote {
  readonly bytes: number;
  readonly sha256: string;
  readonly at: Instant;
}

/** Notes that a trail keeps of its own troubles, beside rows and checkpoints. */
export type TrailNote =
  | { readonly torn: TornNote }
  /** Rows that came while nothing could be written and no room was left to hold them. */
  | { readonly gap: { readonly rows: number; readonly from: Instant; readonly until: Instant } }
  /** The last checkpoint known from beside the trail was not in it when the gateway started. */
  | { readonly lost: { readonly checkpoint: number; readonly at: Instant } };

/** A note as the line that follows `head`. */
export function noteLine(head: TrailHead, note: TrailNote): string {
  return chainedLine(head, JSON.stringify(note));
}

const LINE_KINDS = { at: "row", checkpoint: "checkpoint", torn: "torn", gap: "gap", lost: "lost" } as const;
export type LineKind = (typeof LINE_KINDS)[keyof typeof LINE_KINDS];

/** What the beginning of a line says of itself. */
export interface LineStart {
  readonly seq: number;
  readonly prev: string;
  readonly kind: LineKind;
}

const START = /^\{"seq":([1-9]\d{0,14}),"prev":"([0-9a-f]{64})","(at|checkpoint|torn|gap|lost)":/u;
/** Longest beginning that {@link START} may match. */
const START_CHARS = 128;

/** Reads how a line begins; `null` when it is none of a trail. */
export function lineStart(line: Buffer): LineStart | null {
  const found = START.exec(line.toString("latin1", 0, START_CHARS));
  const [, seq, prev, kind] = found ?? [];
  if (seq === undefined || prev === undefined || !isKind(kind)) return null;
  return { seq: Number(seq), prev, kind: LINE_KINDS[kind] };
}

function isKind(text: string | undefined): text is keyof typeof LINE_KINDS {
  return text !== undefined && Object.hasOwn(LINE_KINDS, text);
}

const CHECKPOINT =
  /^\{"seq":\d{1,15},"prev":"[0-9a-f]{64}","checkpoint":\{"head":"[0-9a-f]{64}","count":\d{1,15},"at":"([0-9TZ:.-]{20,30})"\},"signature":"([0-9a-f]{128})"\}$/u;
const TORN =
  /^\{"seq":\d{1,15},"prev":"[0-9a-f]{64}","torn":\{"bytes":(\d{1,15}),"sha256":"([0-9a-f]{64})","at":"([0-9TZ:.-]{20,30})"\}\}$/u;
/** No checkpoint or note is longer. */
const NOTE_CHARS = 512;

/** A checkpoint that holds: when it was made; `null` when any byte of the line or its signature is not as the key's owner wrote it. */
export function checkpointOf(line: Buffer, start: LineStart, key: KeyObject): { readonly at: Instant } | null {
  const text = line.toString("latin1", 0, NOTE_CHARS);
  const [, at, signature] = CHECKPOINT.exec(text) ?? [];
  if (at === undefined || signature === undefined) return null;
  const body = checkpointBody({ seq: start.seq - 1, hash: start.prev }, at);
  const seal = Buffer.from(signature, "hex");
  const isWhole = line.equals(Buffer.from(sealed(body, seal)));
  return isWhole && verify(null, Buffer.from(SIGNED_CONTEXT + body), key, seal) ? { at } : null;
}

/** What a torn note says; `null` when it is written in any other way than {@link noteLine} does. */
export function tornOf(line: Buffer, start: LineStart): TornNote | null {
  const [, bytes, sha256, at] = TORN.exec(line.toString("latin1", 0, NOTE_CHARS)) ?? [];
  if (bytes === undefined || sha256 === undefined || at === undefined) return null;
  const note = { bytes: Number(bytes), sha256, at };
  const written = noteLine({ seq: start.seq - 1, hash: start.prev }, { torn: note });
  return line.equals(Buffer.from(written)) ? note : null;
}

/** The public half of an audit key, from either half. */
export function publicHalf(key: KeyObject): KeyObject {
  return key.type === "public" ? key : createPublicKey(key);
}
