/** What was learnt of one model: how its prompts and answers relate to bytes and time. */
interface Learnt {
  tokensPerByte: number;
  tokensPerMs: number;
}

/** Before anything was learnt: four bytes a token, twenty tokens a second. */
const FIRST: Learnt = { tokensPerByte: 0.25, tokensPerMs: 0.02 };
/** Weight of the newest answer in what is learnt. */
const NEWEST = 0.3;
const MOST_MODELS = 1000;

/** Estimates tokens where the server has not told: before an answer, and of answers whose client left. Learns from those that told. */
export class Estimates {
  readonly #models = new Map<string, Learnt>();

  /** Tokens of a prompt of so many bytes. */
  promptTokens(model: string | null, promptBytes: number): number {
    return Math.ceil(promptBytes * (this.#of(model)?.tokensPerByte ?? FIRST.tokensPerByte));
  }

  /** Tokens that a model writes in so many milliseconds. */
  answerTokens(model: string | null, durationMs: number): number {
    return Math.ceil(durationMs * (this.#of(model)?.tokensPerMs ?? FIRST.tokensPerMs));
  }

  learn(
    model: string | null,
    told: { promptBytes: number; promptTokens: number | null; answerTokens: number | null; durationMs: number },
  ): void {
    if (model === null) return;
    const known = this.#of(model);
    if (known === undefined && this.#models.size >= MOST_MODELS) return;
    const now = { ...(known ?? FIRST) };
    const isFirst = known === undefined;
    // A prompt that was cached in part tells fewer tokens than it has: only what is plausible is learnt.
    if (told.promptTokens !== null && told.promptTokens > 0 && told.promptBytes > 0)
      now.tokensPerByte = blend(now.tokensPerByte, Math.min(told.promptTokens / told.promptBytes, 4), isFirst);
    if (told.answerTokens !== null && told.answerTokens > 0 && told.durationMs > 0)
      now.tokensPerMs = blend(now.tokensPerMs, told.answerTokens / told.durationMs, isFirst);
    this.#models.set(model, now);
  }

  #of(model: string | null): Learnt | undefined {
    return model === null ? undefined : this.#models.get(model);
  }
}

function blend(before: number, newest: number, isFirst: boolean): number {
  return isFirst ? newest : before + NEWEST * (newest - before);
}
