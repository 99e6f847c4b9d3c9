import type { Buffer } from "node:buffer";
import type { AnswerNeeds } from "../format/http-answer.ts";
import type { Failure } from "../model/failure.ts";
import type { CertificateFacts } from "../model/observation.ts";
import type { RequestText } from "../model/request-text.ts";

/** Why an exchange ended: what the other side did, or `local` when this machine ran out of ports, descriptors or buffers. */
export type ExchangeEnd = Failure | "local";

/** Where to connect: an IP literal, never a name to resolve. */
export interface Place {
  readonly address: string;
  readonly port: number;
  /** TLS with this server name (`""` for none), or `null` for plain TCP. */
  readonly tls: string | null;
}

/** Whoever sends the requests: told of the connection, the answers and the end. */
export interface ExchangeClient extends AnswerNeeds {
  /** Connected, TLS included: requests may be written. */
  onOpen(certificate: CertificateFacts | null): void;
  /** Bytes came; called before they are read. `false` when the client closed the exchange over them. */
  onBytes(chunk: Buffer): boolean;
  /** Called once, unless the client closed the exchange itself. `null` means closed between answers. */
  onEnd(end: ExchangeEnd | null): void;
}

/** One connection and the answers that come over it. */
export interface Exchange {
  write(text: RequestText): void;
  /** Drops the connection; no callback follows. */
  close(): void;
  /** Bytes of the answer under way. */
  underWay(): number;
}
