import type { RecordTally } from "./record-tally.ts";

/** What one key used of one model on one day. */
export interface UsageSum {
  /** UTC day, `2026-01-10`. */
  readonly day: string;
  /** Public id of the key. */
  readonly key: string;
  /** Canonical name; empty for requests that name none and for those that were refused. */
  readonly model: string;
  owner: string;
  /** Requests let through. */
  requests: number;
  refused: number;
  promptTokens: number;
  answerTokens: number;
  /** Tokens among these that the model server did not count itself. */
  estimatedTokens: number;
  /** Time at the model server, waits left out. */
  modelMs: number;
}

/** Usage that waits to be stored; its size is bounded by days, keys and models, however long it waits. */
export class UsageSums {
  readonly #sums = new Map<string, UsageSum>();

  get isEmpty(): boolean {
    return this.#sums.size === 0;
  }

  /** Adds what a worker counted; who was not recognised uses nothing of anybody's. */
  addTally(tally: RecordTally): void {
    if (tally.key === null) return;
    const isDenied = tally.decision === "denied";
    this.add({
      day: tally.day,
      key: tally.key,
      model: isDenied ? "" : (tally.model ?? ""),
      owner: tally.owner ?? "",
      requests: isDenied ? 0 : tally.requests,
      refused: isDenied ? tally.requests : 0,
      promptTokens: tally.promptTokens,
      answerTokens: tally.answerTokens,
      estimatedTokens: tally.counted === "estimate" ? tally.promptTokens + tally.answerTokens : 0,
      modelMs: tally.modelMs,
    });
  }

  /** Adds to the sum of the same day, key and model. */
  add(one: UsageSum): void {
    const id = `${one.day}\n${one.key}\n${one.model}`;
    const sum = this.#sums.get(id);
    if (sum === undefined) {
      this.#sums.set(id, { ...one });
      return;
    }
    sum.owner = one.owner;
    sum.requests += one.requests;
    sum.refused += one.refused;
    sum.promptTokens += one.promptTokens;
    sum.answerTokens += one.answerTokens;
    sum.estimatedTokens += one.estimatedTokens;
    sum.modelMs += one.modelMs;
  }

  values(): Iterable<UsageSum> {
    return this.#sums.values();
  }
}
