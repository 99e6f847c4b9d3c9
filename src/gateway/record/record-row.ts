/** What the gateway did with a request: let it through, refused it, or let it through and could not finish it. */
export type RecordDecision = "allowed" | "denied" | "failed";

/** Where the token counts of a row come from: the model server's own numbers, the gateway's estimate, or nothing was counted. */
export type RecordCounted = "server" | "estimate" | "none";

/** How an exchange came to its end. */
export const RECORD_ENDED = ["complete", "client-left", "cut", "upstream-failed", "refused", "worker-died"] as const;
export type RecordEnded = (typeof RECORD_ENDED)[number];

/** One request as the audit trail keeps it: who asked what, what was decided and why, and what it cost; never a prompt or a secret. */
export interface RecordRow {
  /** When the request came, ISO 8601 UTC. */
  readonly at: string;
  /** Name of this request, unique within the trail. */
  readonly id: string;
  /** Public id of the key, 8 hex digits; `null` when nobody was recognised. */
  readonly key: string | null;
  readonly owner: string | null;
  readonly role: string | null;
  /** Address of the client, as believed by `listen.behind`. */
  readonly address: string;
  readonly method: string;
  /** Id in `MODEL_ROUTES`; `null` when the path named none. */
  readonly route: string | null;
  /** Path without query and without the path token; at most 200 characters are kept. */
  readonly path: string;
  /** Canonical model name; `null` when the request named none. */
  readonly model: string | null;
  readonly decision: RecordDecision;
  /** Stable id of the reason, `ok` when allowed. */
  readonly reason: string;
  /** Status sent to the client. */
  readonly status: number;
  readonly promptTokens: number | null;
  readonly answerTokens: number | null;
  readonly counted: RecordCounted;
  /** Bytes of the request's body. */
  readonly bytesIn: number;
  /** Bytes of the answer's body. */
  readonly bytesOut: number;
  /** Milliseconds in the queue. */
  readonly waitMs: number;
  /** Milliseconds from the request to the first byte of its answer; `null` when there was none. */
  readonly firstByteMs: number | null;
  readonly durationMs: number;
  /** Digest of the body, 64 hex digits; `null` when there was none. */
  readonly promptDigest: string | null;
  readonly ended: RecordEnded;
}
