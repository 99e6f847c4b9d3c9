import type { Usage } from "./usage.ts";

/** Looks on while an answer passes: counts what looks like tokens, and reads the server's own counts where they come. */
export interface AnswerWatch {
  /** Chunks of text so far: an estimate of the tokens for an answer that ends early. */
  readonly tokens: number;
  /** The server's own counts, once told. */
  readonly usage: Usage | null;
  /** Whether the upstream told an error in the middle of its answer. */
  readonly isFailed: boolean;
  /** Whether everything so far ends where a line or an event ends. */
  readonly whole: boolean;
  take(chunk: Buffer): void;
  /** The answer has ended by itself. */
  finish(): void;
}
