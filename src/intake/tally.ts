/** What a file held, counted while it is read. */
export interface Tally {
  /** Lines or values. */
  readonly values: number;
  readonly observations: number;
  readonly cards: number;
  readonly runs: number;
  /** Parts passed over because they speak no Ollama. */
  readonly skipped: number;
  readonly rejected: number;
}

export const NO_TALLY: Tally = { values: 0, observations: 0, cards: 0, runs: 0, skipped: 0, rejected: 0 };

/** A record that was not taken, as a line of the rejects file. Its values are not kept: they are somebody's addresses. */
export interface RejectedRecord {
  readonly file: string;
  /** 1 for the first line; of a value over many lines, its first. */
  readonly line: number;
  /** `models[3].digest`; empty for the record itself. */
  readonly field: string;
  readonly reason: string;
}

/** One line of words: `x.jsonl:17 port: is not a whole number`. */
export function rejectText({ file, line, field, reason }: RejectedRecord): string {
  return `${file}:${line}${field === "" ? "" : ` ${field}`}: ${reason}`;
}
