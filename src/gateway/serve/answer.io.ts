import type { Entry } from "../quota/gate.ts";
import type { Refusal } from "../refusal.ts";
import type { RouteMatch } from "../request/find-route.ts";
import type { AnswerWatch } from "../stream/answer-watch.ts";
import { UsageHider } from "../stream/usage-hider.ts";
import { endingOf } from "../stream/endings.ts";
import { GuardedStream } from "../stream/guarded-stream.ts";
import { JsonWatch } from "../stream/json-watch.ts";
import { filterList, isListRoute, LONGEST_LIST_BYTES } from "../stream/list-filter.ts";
import type { ListedModel } from "../stream/list-filter.ts";
import { NdjsonWatch, parsed } from "../stream/ndjson-watch.ts";
import { SseWatch } from "../stream/sse-watch.ts";
import { toolCallsOf } from "../stream/tool-calls.ts";
import { answerHeaders } from "./answer-headers.ts";
import type { Desk } from "./desk.ts";
import { errorLine, familyOf } from "./error-body.ts";
import type { FrontResponse } from "./front-response.io.ts";
import type { UpstreamCall, UpstreamFailure, UpstreamSink } from "./forward.ts";
import type { Judged } from "./judge-body.io.ts";
import type { Tally } from "./tally.ts";
import { TokenCover } from "./token-cover.ts";

/** A client that takes nothing for this long is given up: it holds a place at the model. */
const STALL_MS = 120_000;
/** Answers announced as no longer than this wait for their end. */
const SMALL_BYTES = 64 * 1024;

const TOOL_DENIED: Refusal = {
  status: 403,
  reason: "tool-call-denied",
  message: "the model called a tool in a way that this key may not use",
};
const TOO_LONG: Refusal = {
  status: 502,
  reason: "upstream-answer-too-long",
  message: "the model server's answer is too long to be checked",
};
const NO_LIST: Refusal = {
  status: 502,
  reason: "upstream-no-list",
  message: "the model server's answer could not be read",
};
const FAILURES: Readonly<Record<UpstreamFailure["kind"], Refusal>> = {
  unreachable: { status: 502, reason: "upstream-unreachable", message: "the model server cannot be reached" },
  broken: { status: 502, reason: "upstream-broken", message: "the model server broke the connection" },
  timeout: { status: 504, reason: "upstream-timeout", message: "the model server was silent for too long" },
};

/** What an answer needs to know of its request. */
export interface AnswerOf {
  readonly response: FrontResponse;
  readonly isHead: boolean;
  readonly match: RouteMatch;
  readonly role: string;
  readonly judged: Judged;
  readonly entry: Entry;
  readonly tally: Tally;
  refuse(refusal: Refusal): void;
}

type Form = "ndjson" | "sse" | "json" | "other";

/** An answer on its way from the upstream to the client: chunk by chunk, as it came, unless its route or its role's rules say otherwise. */
export class Answer implements UpstreamSink {
  readonly #desk: Desk;
  readonly #of: AnswerOf;
  readonly #response: FrontResponse;
  readonly #tally: Tally;
  readonly #cover: TokenCover;
  #form: Form = "other";
  #guard: GuardedStream | null = null;
  #hider: UsageHider | null = null;
  /** A small answer in one piece waits for its end: head and body then go out as one. */
  #whole: Buffer[] | null = null;
  #collected: Buffer[] | null = null;
  #collectedBytes = 0;
  #status = 0;
  #headers: readonly string[] = [];
  #stall: NodeJS.Timeout | null = null;
  /** The upstream has said all. */
  #isDone = false;
  #isOver = false;
  call: UpstreamCall | null = null;
  watch: AnswerWatch | null = null;

  constructor(desk: Desk, of: AnswerOf) {
    this.#desk = desk;
    this.#of = of;
    this.#response = of.response;
    this.#tally = of.tally;
    this.#cover = new TokenCover(of.entry, of.judged.answerTokens, this.#answered);
    this.#tally.sent();
  }

  begun(status: number, raw: readonly string[]): void {
    const { match } = this.#of;
    const isGood = status >= 200 && status < 300;
    const tools = match.route.generates && isGood ? this.#desk.tools.get(this.#of.role) : undefined;
    const isList = isListRoute(match.id) && isGood && !this.#of.isHead;
    const { forwarded, contentType, contentLength } = answerHeaders(raw, isListRoute(match.id) || tools !== undefined);
    this.#tally.firstByte(status);
    this.#status = status;
    this.#headers = forwarded;
    this.#form = formOf(contentType);
    if (match.route.generates) this.watch = this.#watchOf();
    if (this.#of.judged.hidesUsage && this.#form === "sse") this.#hider = new UsageHider();
    if (tools !== undefined && (this.#form === "ndjson" || this.#form === "sse"))
      this.#guard = new GuardedStream(tools, this.#form);
    else if (isList || tools !== undefined) this.#collected = [];
    if (match.route.risk === "D" && isGood) this.#desk.models.changed();
    if (this.#collected !== null) return;
    const isSmall =
      contentLength !== null && contentLength <= SMALL_BYTES && this.#guard === null && this.#hider === null;
    if (isSmall && !this.#of.isHead) this.#whole = [];
    else this.#response.writeHead(status, forwarded);
  }

  #watchOf(): AnswerWatch {
    const family = familyOf(this.#of.match.route.path);
    if (this.#form === "sse") return new SseWatch(family === "anthropic" ? "anthropic" : "openai");
    return this.#form === "ndjson" ? new NdjsonWatch() : new JsonWatch(family);
  }

  data(chunk: Buffer): boolean {
    if (this.#isOver) return true;
    if (this.#collected !== null) return this.#collect(chunk);
    this.watch?.take(chunk);
    if (this.#whole !== null) {
      this.#whole.push(chunk);
      return true;
    }
    const shown = this.#hider === null ? chunk : this.#hider.take(chunk);
    const passing = this.#guard === null ? shown : this.#guard.take(shown);
    if (this.#guard?.isRefused === true) {
      this.#end(passing, TOOL_DENIED);
      return true;
    }
    const isRoom = passing.length === 0 || this.#write(passing);
    return this.#isCovered() && isRoom;
  }

  #write(chunk: Buffer): boolean {
    this.#tally.bytesOut += chunk.length;
    if (this.#response.write(chunk)) return true;
    this.#stall ??= setTimeout(() => this.#response.destroy(), STALL_MS).unref();
    this.#response.onDrain(this.#drained);
    return false;
  }

  readonly #drained = (): void => {
    if (this.#stall !== null) clearTimeout(this.#stall);
    this.#stall = null;
    if (this.watch === null || this.#cover.covers(this.watch.tokens)) this.call?.resume();
  };

  /** Whether the stream may go on now, within what is reserved for it. */
  #isCovered(): boolean {
    const isCovered = this.watch === null || this.#cover.covers(this.watch.tokens);
    if (this.#cover.isSpent) this.#cut();
    return isCovered;
  }

  readonly #answered = (): void => {
    if (this.#cover.isSpent) this.#cut();
    if (!this.#isOver && this.#stall === null) this.call?.resume();
  };

  /** Ends a stream because its quota has ended, as if the length were reached; in the middle of a line only once that has ended. */
  #cut(): void {
    if (this.#isOver || this.watch?.whole !== true) return;
    const { judged, match } = this.#of;
    const sse = this.watch instanceof SseWatch ? this.watch : null;
    const family = familyOf(match.route.path);
    const at = this.#desk.now();
    const ending = endingOf(family === "native" ? "ndjson" : family, {
      route: match.id,
      model: judged.asked ?? "",
      at,
      atSeconds: this.#desk.seconds(),
      promptTokens: this.#tally.promptTokens ?? 0,
      answerTokens: this.watch.tokens,
      first: sse?.first ?? null,
      openBlock: sse?.openBlock ?? null,
    });
    this.#tally.broke("cut", "token-quota");
    this.#finish(Buffer.from(ending));
  }

  ended(): void {
    if (this.#isOver) return;
    this.#isDone = true;
    this.watch?.finish();
    if (this.watch?.isFailed === true) this.#tally.broke("upstream-failed", "upstream-error");
    if (this.#whole !== null) this.#sayWhole(this.#whole);
    else if (this.#collected !== null) this.#show(Buffer.concat(this.#collected));
    else {
      const held = this.#hider?.finish() ?? Buffer.alloc(0);
      const rest = this.#guard === null ? held : Buffer.concat([this.#guard.take(held), this.#guard.finish()]);
      if (this.#guard?.isRefused === true) this.#end(rest, TOOL_DENIED);
      else this.#finish(rest);
    }
  }

  failed(failure: UpstreamFailure): void {
    if (this.#isOver) return;
    const refusal = FAILURES[failure.kind];
    if (!this.#response.headersSent) {
      this.#isOver = true;
      this.#of.refuse(refusal);
    } else this.#end(Buffer.alloc(0), refusal);
  }

  /** Ends an answer that has begun with an error in its own form; where the form has none, by breaking the connection. */
  #end(before: Buffer, refusal: Refusal): void {
    this.#tally.broke(refusal === TOOL_DENIED ? "cut" : "upstream-failed", refusal.reason);
    const isWhole = this.#guard !== null || this.watch?.whole === true;
    if ((this.#form === "ndjson" || this.#form === "sse") && isWhole) {
      const line = errorLine(this.#form, familyOf(this.#of.match.route.path), refusal, this.#tally.id);
      this.#finish(Buffer.concat([before, Buffer.from(line)]));
      return;
    }
    this.#isOver = true;
    this.call?.abort();
    this.#response.destroy();
  }

  #collect(chunk: Buffer): boolean {
    this.watch?.take(chunk);
    this.#collectedBytes += chunk.length;
    if (this.#collectedBytes <= LONGEST_LIST_BYTES) this.#collected?.push(chunk);
    else this.#deny(TOO_LONG);
    return true;
  }

  #sayWhole(pieces: readonly Buffer[]): void {
    const [only, ...more] = pieces;
    const bytes = only !== undefined && more.length === 0 ? only : Buffer.concat(pieces);
    this.#response.writeHead(this.#status, this.#headers);
    this.#finish(bytes);
  }

  /** Shows what was collected, so far as the role may see it. */
  #show(bytes: Buffer): void {
    const { match, role } = this.#of;
    const route = match.id;
    if (!isListRoute(route)) {
      const calls = toolCallsOf(parsed(bytes.toString("utf8")));
      if (this.#desk.tools.get(role)?.allows(calls) === false) this.#deny(TOOL_DENIED);
      else this.#release(bytes);
      return;
    }
    const remotes = this.#desk.models.remotes();
    const show = (known: ReadonlySet<string> | null): void => {
      const sees = ({ name, isRemote }: ListedModel): boolean => this.#desk.sees(role, name, isRemote, known);
      const shown = filterList(route, bytes, sees);
      if (this.#isOver) return;
      if (shown === null) this.#deny(NO_LIST);
      else this.#release(Buffer.from(shown));
    };
    if (remotes instanceof Promise) void remotes.then(show);
    else show(remotes);
  }

  #release(bytes: Buffer): void {
    this.#response.writeHead(this.#status, [...this.#headers, "content-length", String(bytes.length)]);
    this.#finish(bytes);
  }

  #deny(refusal: Refusal): void {
    this.#isOver = true;
    this.call?.abort();
    this.#of.refuse(refusal);
    if (refusal === TOOL_DENIED) this.#tally.broke("cut", refusal.reason);
  }

  #finish(last: Buffer | null): void {
    this.#isOver = true;
    if (!this.#isDone) this.call?.abort();
    this.#tally.bytesOut += last?.length ?? 0;
    this.#response.end(last);
  }

  /** The client has left, or all is said: nothing is left at work upstream. */
  stop(): void {
    if (this.#stall !== null) clearTimeout(this.#stall);
    if (!this.#isOver) this.call?.abort();
    this.#isOver = true;
  }
}

function formOf(contentType: string): Form {
  if (contentType.startsWith("application/x-ndjson")) return "ndjson";
  if (contentType.startsWith("text/event-stream")) return "sse";
  return contentType.startsWith("application/json") ? "json" : "other";
}
