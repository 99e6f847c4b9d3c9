/** Status codes that the gateway answers itself with. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 408 | 411 | 413 | 415 | 429 | 431 | 501 | 502 | 503 | 504;

/** Why a request is not served. */
export interface Refusal {
  readonly status: RefusalStatus;
  /** Stable word for the record and the metrics: `unclean-path`, `token-quota`. */
  readonly reason: string;
  /** Told to the client; never names a key or a model that is another's. */
  readonly message: string;
  readonly retryAfterSeconds?: number;
}
