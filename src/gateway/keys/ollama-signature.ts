import { verify } from "node:crypto";
import type { Principal } from "../principal.ts";
import type { Signers } from "./authorized-keys.ts";
import type { Unknown } from "./key-table.ts";
import type { ReplayMemory } from "./replay-memory.ts";

/** A signed request: what was signed, and by whom it says. */
export interface SignedRequest {
  readonly publicKey: string;
  /** Base64 of the 64 bytes. */
  readonly signature: string;
  readonly method: string;
  /** Path without path token. */
  readonly path: string;
  /** Query as it came, without `?`. */
  readonly query: string;
  /** Address of the client. */
  readonly address: string;
}

const TIMESTAMP = /^ts=([1-9]\d{8,10})$/u;
const SIGNATURE_BYTES = 64;
/** How far ahead of ours a client's clock may be. */
const AHEAD_SECONDS = 5;

/**
 * Tells who signed a request as Ollama's client does with `OLLAMA_AUTH`: `METHOD,path?ts=SECONDS`, ed25519. The query must be that
 * `ts` and nothing more, for nothing more is signed. The body is not signed either: never let a signature alone manage anything.
 *
 * @see ollama/ollama@fb307608 api/client.go do, auth/auth.go Sign
 */
export function signerOf(
  asked: SignedRequest,
  signers: Signers,
  windowSeconds: number,
  replays: ReplayMemory,
  nowMs: number,
): Principal | Unknown {
  const signer = signers.get(asked.publicKey);
  if (signer === undefined) return "unknown-signer";
  const ts = TIMESTAMP.exec(asked.query)?.[1];
  if (ts === undefined) return "signature-query";
  const age = nowMs / 1000 - Number(ts);
  if (age > windowSeconds || age < -AHEAD_SECONDS) return "signature-window";
  const signature = Buffer.from(asked.signature, "base64");
  const isWhole = signature.length === SIGNATURE_BYTES && signature.toString("base64") === asked.signature;
  const text = Buffer.from(`${asked.method},${asked.path}?ts=${ts}`);
  if (!isWhole || !verify(null, text, signer.key, signature)) return "bad-signature";
  const expiresMs = (Number(ts) + windowSeconds + AHEAD_SECONDS) * 1000;
  // Another encoding of the same signature would pass for a new one: what is remembered is what was signed.
  const isFresh = replays.take(`${asked.publicKey} ${text.toString()}`, asked.address, nowMs, expiresMs);
  return isFresh ? signer.principal : "signature-replayed";
}
