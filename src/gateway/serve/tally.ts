import type { Principal } from "../principal.ts";
import type { RecordCounted, RecordDecision, RecordEnded, RecordRow } from "../record/record-row.ts";
import type { AnswerWatch } from "../stream/answer-watch.ts";
import type { Desk } from "./desk.ts";

/** What is known of a request before it is sent on. */
export interface Known {
  readonly model: string | null;
  readonly promptBytes: number;
  /** Most tokens of the answer that are held back for it. */
  readonly answerTokens: number;
  readonly promptDigest: string | null;
}

/** Gathers, while a request goes its way, what its row of the record will say, and what it is charged. */
export class Tally {
  readonly id: string;
  address = "";
  path: string | null = null;
  route: string | null = null;
  principal: Principal | null = null;
  bytesIn = 0;
  bytesOut = 0;
  waitMs = 0;
  status = 0;
  /** Tokens held back: prompt and answer. */
  reservedTokens = 0;
  promptTokens: number | null = null;
  answerTokens: number | null = null;
  ended: RecordEnded = "complete";
  readonly #desk: Pick<Desk, "elapsed" | "estimates" | "newId" | "now">;
  readonly #method: string;
  readonly #at: string;
  readonly #startedMs: number;
  #decision: RecordDecision = "allowed";
  #reason = "ok";
  #counted: RecordCounted = "none";
  #known: Known = { model: null, promptBytes: 0, answerTokens: 0, promptDigest: null };
  #generates = false;
  #sentMs: number | null = null;
  #firstByteMs: number | null = null;

  constructor(desk: Pick<Desk, "elapsed" | "estimates" | "newId" | "now">, method: string) {
    this.#desk = desk;
    this.#method = method;
    this.id = desk.newId();
    this.#at = desk.now();
    this.#startedMs = desk.elapsed();
  }

  get known(): Known {
    return this.#known;
  }

  judged(known: Known, generates: boolean): void {
    this.#known = known;
    this.#generates = generates;
    if (!generates) return;
    this.promptTokens = this.#desk.estimates.promptTokens(known.model, known.promptBytes);
    this.reservedTokens = this.promptTokens + known.answerTokens;
  }

  sent(): void {
    this.#sentMs = this.#desk.elapsed();
  }

  firstByte(status: number): void {
    this.status = status;
    this.#firstByteMs = this.#desk.elapsed() - this.#startedMs;
  }

  refused(status: number, reason: string): void {
    this.status = status;
    this.#reason = reason;
    this.#decision = this.#sentMs === null ? "denied" : "failed";
    this.ended = this.#sentMs === null ? "refused" : "upstream-failed";
  }

  /** An answer did not come to its own end: the quota ended or a tool was refused (`cut`), or the upstream failed. */
  broke(ended: "cut" | "upstream-failed", reason: string): void {
    this.ended = ended;
    this.#reason = reason;
    if (ended === "upstream-failed") this.#decision = "failed";
    else if (reason === "tool-call-denied") this.#decision = "denied";
  }

  /** The connection ended before the answer did: by the client, unless it is known otherwise. */
  left(): void {
    if (this.ended !== "complete") return;
    this.ended = "client-left";
    this.#reason = "client-left";
  }

  /** Closes the account: what the server told, else an estimate of what it did until the end. Returns the tokens charged. */
  settle(watch: AnswerWatch | null): number {
    const { model, promptBytes } = this.#known;
    // A server that never answered has done nothing that it tells; a client that did not wait for it has made it work.
    const worked = this.#firstByteMs !== null || this.ended === "client-left";
    if (!this.#generates || this.#sentMs === null || !worked) {
      this.promptTokens = null;
      return 0;
    }
    const durationMs = this.#desk.elapsed() - this.#sentMs;
    const usage = watch?.usage ?? null;
    if (usage !== null) {
      this.#counted = "server";
      this.promptTokens = usage.promptTokens ?? 0;
      this.answerTokens = usage.answerTokens ?? 0;
      this.#desk.estimates.learn(model, { promptBytes, ...usage, durationMs });
    } else if (this.status < 300) {
      this.#counted = "estimate";
      this.answerTokens = this.#answerSoFar(watch, durationMs);
    } else this.promptTokens = null;
    return (this.promptTokens ?? 0) + (this.answerTokens ?? 0);
  }

  /** Chunks that came; before the first, what the model usually does in that time. */
  #answerSoFar(watch: AnswerWatch | null, durationMs: number): number {
    if (watch !== null && watch.tokens > 0) return watch.tokens;
    return Math.min(this.#desk.estimates.answerTokens(this.#known.model, durationMs), this.#known.answerTokens);
  }

  /** The row that is left of this request if nobody can close its account: what it has used by now, by estimate. */
  standing(watch: AnswerWatch | null): RecordRow {
    const row = this.row();
    const isSent = this.#sentMs !== null;
    const isCounted = isSent && this.#generates;
    return {
      ...row,
      decision: isSent ? "failed" : "denied",
      reason: row.reason === "ok" ? "worker-died" : row.reason,
      ended: "worker-died",
      promptTokens: isCounted ? row.promptTokens : null,
      answerTokens: isCounted ? this.#answerSoFar(watch, this.#desk.elapsed() - (this.#sentMs ?? 0)) : null,
      counted: isCounted ? "estimate" : "none",
      waitMs: isSent ? row.waitMs : row.durationMs,
    };
  }

  row(): RecordRow {
    const { principal } = this;
    return {
      at: this.#at,
      id: this.id,
      key: principal?.keyId ?? null,
      owner: principal?.owner ?? null,
      role: principal?.role ?? null,
      address: this.address,
      method: this.#method,
      route: this.route,
      path: this.path ?? "",
      model: this.#known.model,
      decision: this.#decision,
      reason: this.#reason,
      status: this.status,
      promptTokens: this.promptTokens,
      answerTokens: this.answerTokens,
      counted: this.#counted,
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
      waitMs: this.waitMs,
      firstByteMs: this.#firstByteMs,
      durationMs: this.#desk.elapsed() - this.#startedMs,
      promptDigest: this.#known.promptDigest,
      ended: this.ended,
    };
  }
}
