/** What one key used of one model in a span of days. */
export interface UsageRow {
  /** Public id, 8 hex digits. */
  readonly key: string;
  readonly owner: string;
  /** Canonical name; empty for requests that name none and for those that were refused. */
  readonly model: string;
  /** First and last UTC day with a request, `2026-01-10`. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Requests let through. */
  readonly requests: number;
  readonly refused: number;
  readonly promptTokens: number;
  readonly answerTokens: number;
  /** Tokens among these that the model server did not count itself: answers cut or left before their end. */
  readonly estimatedTokens: number;
  /** Time at the model server, waits left out. */
  readonly modelSeconds: number;
}
