import type { Access } from "../config/gateway-config.ts";
import type { Principal } from "../principal.ts";
import type { Refusal } from "../refusal.ts";
import type { Signers } from "./authorized-keys.ts";
import { credentialOf } from "./credential.ts";
import { GuessBrake } from "./guess-brake.ts";
import type { KeyTable, Unknown } from "./key-table.ts";
import { signerOf } from "./ollama-signature.ts";
import type { ReplayMemory } from "./replay-memory.ts";

/** A request as far as its caller is concerned. */
export interface AskedAccess {
  readonly rawHeaders: readonly string[];
  readonly pathToken: string | null;
  readonly method: string;
  /** Canonical path without path token. */
  readonly path: string;
  /** Query as it came, without `?`. */
  readonly query: string;
  /** Address of the client (`Peers.clientOf`). */
  readonly address: string;
  /** Whether failures may be counted against the address: not when it is a proxy's own. */
  readonly isOwnAddress: boolean;
  /** Whether nobody on the way can read or repeat it: TLS, loopback, or a named proxy. */
  readonly isSafeWay: boolean;
}

/** Nobody was recognised. */
export interface Denied {
  /** The same for every reason, except that a request may be ambiguous (400) or its address not heard (429). */
  readonly refusal: Refusal;
  /** The reason, for the record alone. */
  readonly why: Unknown | "ambiguous-credential";
  /** Milliseconds to hold the answer back. */
  readonly delayMs: number;
}

/** The one 401: whatever was wrong, the client learns nothing of it. */
export const UNAUTHORIZED: Refusal = {
  status: 401,
  reason: "unauthorized",
  message: "a valid key is required: Authorization: Bearer KEY, or x-api-key",
};
const AMBIGUOUS: Refusal = {
  status: 400,
  reason: "ambiguous-credential",
  message: "the request shows two credentials; send one",
};

/** Tells who asks. Keys may be replaced while it works; other settings come with another process. */
export class Authenticator {
  readonly #access: Access;
  readonly #signers: Signers;
  readonly #replays: ReplayMemory;
  readonly #brake: GuessBrake;
  #keys: KeyTable;

  constructor(
    access: Access,
    keys: KeyTable,
    signers: Signers,
    replays: ReplayMemory,
    brake = new GuessBrake(access.guesses.perMinute),
  ) {
    this.#access = access;
    this.#keys = keys;
    this.#signers = signers;
    this.#replays = replays;
    this.#brake = brake;
  }

  setKeys(keys: KeyTable): void {
    this.#keys = keys;
  }

  /** Whom a request comes from, or why from nobody. */
  ask(asked: AskedAccess, nowMs: number): Principal | Denied {
    const deafSeconds = asked.isOwnAddress ? this.#brake.deafSeconds(asked.address, nowMs) : 0;
    if (deafSeconds > 0) return deaf(deafSeconds);
    const credential = credentialOf(asked.rawHeaders, asked.pathToken);
    switch (credential.kind) {
      case "key": {
        if (credential.from === "path" && !this.#access.pathToken) return this.#failed("path-token-off", asked, nowMs);
        if (credential.from === "basic" && !this.#access.basic) return this.#failed("basic-off", asked, nowMs);
        const found = this.#keys.find(credential.secret, asked.address, nowMs);
        return typeof found === "string" ? this.#failed(found, asked, nowMs) : found;
      }
      case "signature": {
        const found = this.#signer(credential.publicKey, credential.signature, asked, nowMs);
        return typeof found === "string" ? this.#failed(found, asked, nowMs) : found;
      }
      case "none":
        return this.#failed(credential.why, asked, nowMs);
      case "ambiguous":
        return { refusal: AMBIGUOUS, why: "ambiguous-credential", delayMs: 0 };
    }
  }

  #signer(publicKey: string, signature: string, asked: AskedAccess, nowMs: number): Principal | Unknown {
    const { signatures } = this.#access;
    if (signatures === null) return "signatures-off";
    if (!asked.isSafeWay) return "signature-over-plain";
    const { method, path, query, address } = asked;
    const signed = { publicKey, signature, method, path, query, address };
    return signerOf(signed, this.#signers, signatures.windowSeconds, this.#replays, nowMs);
  }

  /** Who shows nothing guesses nothing: only a wrong credential counts against its address. */
  #failed(why: Unknown, asked: AskedAccess, nowMs: number): Denied {
    const counts = asked.isOwnAddress && why !== "no-credential";
    return { refusal: UNAUTHORIZED, why, delayMs: counts ? this.#brake.failed(asked.address, nowMs) : 0 };
  }
}

/** Whether the answer is that nobody was recognised. */
export function isDenied(answer: Principal | Denied): answer is Denied {
  return "refusal" in answer;
}

/** A line for programs that read logs and shut addresses out (fail2ban); it holds nothing that the caller chose but the address. */
export function guessLine(at: string, address: string, why: Denied["why"]): string {
  return `${at} corral gateway: authentication failed from ${address} (${why})`;
}

function deaf(seconds: number): Denied {
  const refusal: Refusal = {
    status: 429,
    reason: "too-many-failures",
    message: "too many failed attempts from this address; try again later",
    retryAfterSeconds: seconds,
  };
  return { refusal, why: "braked", delayMs: 0 };
}
