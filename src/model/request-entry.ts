import type { Failure } from "./failure.ts";
import type { Instant } from "./instant.ts";
import type { Service } from "./service.ts";

/**
 * One request as it went out, for the request log that a network's owner may ask for. A request that never left
 * (connection refused, no answer to the SYN) is an entry too: the attempt is what the owner's firewall saw.
 */
export interface RequestEntry extends Service {
  readonly kind: "request";
  readonly schema: 1;
  /** When it was written to the socket, or when the connection was attempted. */
  readonly sent_at: Instant;
  /** 32 hex digits; `null` outside a run. */
  readonly run: string | null;
  readonly method: "GET" | "POST";
  /** As sent, base path included. */
  readonly path: string;
  /** HTTP status of the answer; `null` when none came. */
  readonly status: number | null;
  readonly failure: Failure | null;
  /** Bytes of the answer, header included; 0 when none came. */
  readonly bytes: number;
}
