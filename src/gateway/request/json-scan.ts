import { isUtf8 } from "node:buffer";
import type { Buffer } from "node:buffer";
import type { Refusal } from "../refusal.ts";
import type { BodyForm } from "./body-form.ts";
import { JsonLevel } from "./json-level.ts";
import { JsonKeys } from "./json-keys.ts";
import { JsonNode } from "./json-node.ts";
import type { JsonKind } from "./json-node.ts";
import {
  COMMA_OR_END,
  KEY,
  KEY_OR_END,
  NAME_SEPARATOR,
  NOTHING,
  REST_OF_STRING,
  VALUE,
  VALUE_OR_END,
} from "./json-due.ts";
import { JSON_REFUSALS, MAX_DEPTH, MAX_NOTED } from "./json-refusals.ts";
import { escapeEnd, isSame, isSpace, kindOf, literalEnd, nextOf, numberEnd } from "./json-token.ts";
import { foldedName } from "./folded-name.ts";
import { readKey } from "./read-key.ts";
import type { KeyToken } from "./read-key.ts";

/** Bytes of a string that are looked at one by one before native code searches its end. */
const SHORT = 96;
/** Bytes of a long string that take as long as one token. */
const TOKEN_COST = 32;

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const SPACE = 32;

/**
 * Scans a body in steps: checks its whole grammar and every object's keys, and notes where the values lie that a form names.
 * Nothing is parsed into objects, so that a large body costs no memory and holds up nobody.
 */
export class JsonScan {
  /** Why the body is refused; `null` so far. */
  refusal: Refusal | null = null;
  readonly #bytes: Buffer;
  readonly #keys: JsonKeys;
  readonly #levels: JsonLevel[] = [];
  #root: JsonNode | null = null;
  #level: JsonLevel | null = null;
  #depth = 0;
  #noted = 0;
  #isDone = false;
  #at = 0;
  #due = VALUE;
  /** Form and name of the value that is due, as far as they are looked at. */
  #nextForm: BodyForm | null;
  #nextName: string | null = null;
  /** The string or number being read; `null` for those nobody asks for. */
  #string: JsonNode | null = null;
  /** Next quote and next backslash, as far as they were searched. */
  #quote = -1;
  #backslash = -1;

  constructor(bytes: Buffer, form: BodyForm) {
    this.#bytes = bytes;
    this.#nextForm = form;
    this.#keys = new JsonKeys(bytes);
    if (bytes.length === 0) this.refusal = JSON_REFUSALS.missing;
  }

  /** The body's object; only once a step returned `true` and nothing was refused. */
  get root(): JsonNode {
    if (this.#root === null || !this.#isDone) throw new TypeError("the body was not scanned to its end");
    return this.#root;
  }

  /** Goes on for about `budget` bytes; `true` when there is no more to do, because the body ended or was refused. */
  step(budget: number): boolean {
    const { length } = this.#bytes;
    const limit = Math.min(this.#at + budget, length);
    let tokens = Math.ceil(budget / TOKEN_COST);
    while (this.refusal === null && this.#at < limit && tokens > 0) {
      this.#next(limit);
      tokens -= 1;
    }
    if (this.refusal !== null) return true;
    if (this.#at < length) return false;
    this.#finish();
    return true;
  }

  #finish(): void {
    this.#isDone = true;
    if (this.#due !== NOTHING) this.refusal = this.#root === null ? JSON_REFUSALS.missing : JSON_REFUSALS.grammar;
    else if (!isUtf8(this.#bytes)) this.refusal = JSON_REFUSALS.utf8;
    else if (this.#root?.kind !== "object") this.refusal = JSON_REFUSALS.noObject;
  }

  #next(limit: number): void {
    if (this.#due === REST_OF_STRING) {
      this.#stringRest(limit);
      return;
    }
    const bytes = this.#bytes;
    let at = this.#at;
    let byte = bytes[at] ?? 0;
    while (byte <= SPACE && isSpace(byte) && at < limit) byte = bytes[(at += 1)] ?? 0;
    this.#at = at;
    if (at >= limit) return;
    switch (this.#due) {
      case VALUE:
        this.#value(byte);
        break;
      case VALUE_OR_END:
        if (byte === CLOSE_BRACKET) this.#close();
        else this.#value(byte);
        break;
      case KEY_OR_END:
        if (byte === CLOSE_BRACE) this.#close();
        else this.#key(byte);
        break;
      case KEY:
        this.#key(byte);
        break;
      case NAME_SEPARATOR:
        if (byte === COLON) this.#pass(VALUE);
        else this.refusal = JSON_REFUSALS.grammar;
        break;
      case COMMA_OR_END:
        this.#comma(byte);
        break;
      default:
        this.refusal = JSON_REFUSALS.trailing;
    }
  }

  #pass(due: number): void {
    this.#at += 1;
    this.#due = due;
  }

  #comma(byte: number): void {
    const isObject = this.#level?.isObject === true;
    if (byte === COMMA) this.#pass(isObject ? KEY : VALUE);
    else if (byte === (isObject ? CLOSE_BRACE : CLOSE_BRACKET)) this.#close();
    else this.refusal = JSON_REFUSALS.grammar;
  }

  #key(byte: number): void {
    const key = byte === QUOTE ? readKey(this.#bytes, this.#at + 1) : JSON_REFUSALS.grammar;
    if ("status" in key) this.refusal = key;
    else this.#takeKey(key);
  }

  #takeKey(key: KeyToken): void {
    const { from, to, escaped, hash } = key;
    // Most writers put no space before the colon.
    const isNear = this.#bytes[to + 1] === COLON;
    this.#at = isNear ? to + 2 : to + 1;
    this.#due = isNear ? VALUE : NAME_SEPARATOR;
    this.#nextForm = null;
    this.#nextName = null;
    if (!this.#keys.add(key)) this.refusal = JSON_REFUSALS.duplicate;
    const form = this.#level?.form ?? null;
    if (form === null || form.fields.size === 0) return;
    const field = escaped ? undefined : form.fields.get(hash);
    if (field !== undefined && isSame(this.#bytes, from, to, field.bytes)) {
      this.#nextForm = field.form;
      this.#nextName = field.name;
    } else if (foldedName(this.#bytes, key, form) !== null) this.refusal = JSON_REFUSALS.folded;
  }

  #value(byte: number): void {
    const level = this.#level;
    if (level !== null) {
      level.size += 1;
      if (!level.isObject) {
        this.#nextForm = level.form?.items ?? null;
        this.#nextName = null;
      }
    }
    if (byte === QUOTE) {
      this.#string = this.#node("string");
      this.#at += 1;
      this.#due = REST_OF_STRING;
    } else if (byte === OPEN_BRACE) this.#open("object");
    else if (byte === OPEN_BRACKET) this.#open("array");
    else this.#scalar(byte);
  }

  /**
   * Goes on in a string until it ends or the step does. Raw control characters are left for the server to refuse: no reader takes
   * them for the end of a string.
   */
  #stringRest(limit: number): void {
    const bytes = this.#bytes;
    const end = Math.min(limit, this.#at + SHORT);
    let at = this.#at;
    let byte = bytes[at] ?? 0;
    while (at < end && byte !== QUOTE && byte !== BACKSLASH) byte = bytes[(at += 1)] ?? 0;
    if (at === end && at < limit) {
      at = this.#leap(at, limit);
      byte = bytes[at] ?? 0;
    }
    if (at >= limit) this.#at = at;
    else if (byte === QUOTE) this.#afterValue(at + 1, this.#string);
    else this.#escape(at);
  }

  /** Where the next quote or backslash stands, searched by native code; the limit when none comes before it. */
  #leap(from: number, limit: number): number {
    this.#quote = nextOf(this.#bytes, QUOTE, Math.max(this.#quote, from), limit);
    this.#backslash = nextOf(this.#bytes, BACKSLASH, Math.max(this.#backslash, from), limit);
    return Math.min(this.#quote, this.#backslash, limit);
  }

  #escape(at: number): void {
    const end = escapeEnd(this.#bytes, at);
    if (end === -1) this.refusal = JSON_REFUSALS.grammar;
    if (this.#string !== null) this.#string.escaped = true;
    this.#at = end;
  }

  #scalar(byte: number): void {
    const kind = kindOf(byte);
    const end = kind === "number" ? numberEnd(this.#bytes, this.#at) : literalEnd(this.#bytes, this.#at, kind);
    if (end === -1) this.refusal = JSON_REFUSALS.grammar;
    else this.#afterValue(end, this.#node(kind));
  }

  #open(kind: "object" | "array"): void {
    const node = this.#node(kind);
    const form = this.#nextForm;
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      this.refusal = JSON_REFUSALS.depth;
      return;
    }
    const level = (this.#levels[this.#depth - 1] ??= new JsonLevel());
    level.form = form;
    level.node = node;
    level.isObject = kind === "object";
    level.size = 0;
    this.#level = level;
    this.#nextName = null;
    if (level.isObject) this.#keys.open();
    this.#pass(level.isObject ? KEY_OR_END : VALUE_OR_END);
  }

  #close(): void {
    const level = this.#level;
    if (level === null) return;
    if (level.isObject) this.#keys.close();
    if (level.node !== null) level.node.size = level.size;
    this.#depth -= 1;
    this.#level = this.#levels[this.#depth - 1] ?? null;
    if (this.#depth === 0) this.#level = null;
    this.#afterValue(this.#at + 1, level.node);
  }

  #afterValue(end: number, node: JsonNode | null): void {
    if (node !== null) node.end = end;
    this.#string = null;
    this.#at = end;
    if (this.#level === null) this.#due = NOTHING;
    else if (this.#bytes[end] === COMMA) this.#pass(this.#level.isObject ? KEY : VALUE);
    else this.#due = COMMA_OR_END;
  }

  /** Notes a value that a form names, in the value around it. */
  #node(kind: JsonKind): JsonNode | null {
    if (this.#nextForm === null) return null;
    if (!this.#nextForm.kinds.has(kind)) this.refusal = JSON_REFUSALS.kind;
    this.#noted += 1;
    if (this.#noted > MAX_NOTED) this.refusal = JSON_REFUSALS.items;
    const node = new JsonNode(kind, this.#at, this.#nextName);
    const around = this.#level?.node ?? null;
    if (around === null) this.#root ??= node;
    else if (this.#nextName === null) (around.items ??= []).push(node);
    else {
      node.previous = around.lastMember;
      around.lastMember = node;
    }
    return node;
  }
}
