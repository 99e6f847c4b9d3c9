import type { GatewayConfig } from "../config/gateway-config.ts";
import type { GuessLevel } from "../keys/guess-brake.ts";
import type { SeenSignature } from "../keys/replay-memory.ts";
import type { FromAuthority, ToAuthority } from "../quota/gate.ts";
import type { RecordBatch } from "../record/record-tally.ts";

/** All that a worker needs to begin. */
export interface Beginning {
  readonly config: GatewayConfig;
  /** Descriptor of a listening socket that somebody else holds; null = the gateway's own. */
  readonly listenFd: number | null;
  /** Salt of the digests of prompts. */
  readonly salt: string;
  /** Failed attempts so far, in all workers. */
  readonly guesses: readonly GuessLevel[];
  readonly certificate: { readonly cert: string; readonly key: string } | null;
}

/** What the supervisor tells a worker. */
export type ToWorker =
  | ({ readonly kind: "begin" } & Beginning)
  | { readonly kind: "authority"; readonly messages: readonly FromAuthority[] }
  /** Whether the audit trail takes rows: while it does not, nothing is let through. */
  | { readonly kind: "record"; readonly isOpen: boolean }
  | { readonly kind: "keys" }
  /** What all workers together have counted of failed attempts. */
  | { readonly kind: "guesses"; readonly levels: readonly GuessLevel[] }
  /** Signatures that other workers took. */
  | { readonly kind: "seen"; readonly seen: readonly SeenSignature[] }
  /** Take nothing new, finish what is at work, then end. */
  | { readonly kind: "drain" };

/** What a worker tells the supervisor. */
export type FromWorker =
  | { readonly kind: "ready"; readonly port: number }
  | { readonly kind: "authority"; readonly messages: readonly ToAuthority[] }
  /** Rows of the record, a line each in one text: a list of texts costs the channel more. */
  | {
      readonly kind: "rows";
      readonly lines: string;
      readonly tallies: RecordBatch["tallies"];
      /** Requests that are still at work, a line each, and ids of such that have ended: `WorkerBatch`. */
      readonly standing: string;
      readonly ended: string;
    }
  /** A signature that was taken for the first time. */
  | { readonly kind: "seen"; readonly seen: SeenSignature }
  /** An attempt from an address failed. */
  | { readonly kind: "guess"; readonly address: string }
  | { readonly kind: "load"; readonly inFlight: number }
  /** A line for stderr. */
  | { readonly kind: "say"; readonly text: string };
