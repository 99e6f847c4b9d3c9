import { connect } from "node:net";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { createAnswerReader, endBytes, readBytes } from "../format/http-answer.ts";
import type { AnswerReader } from "../format/http-answer.ts";
import type { CertificateFacts } from "../model/observation.ts";
import type { RequestText } from "../model/request-text.ts";
import { readCertificate } from "./certificate.io.ts";
import type { Exchange, ExchangeClient, ExchangeEnd, Place } from "./exchange.ts";

/** All plain sockets read into one buffer: a read is consumed before the next one happens. */
const SHARED_BUFFER = Buffer.allocUnsafeSlow(65_536);

/** Errors of this machine; they say nothing about the other side. */
const LOCAL_CODES = new Set(["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "EADDRNOTAVAIL", "EACCES", "EPERM", "EINVAL"]);
const NO_WAY_CODES = new Set(["EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN"]);

/** Connects and reads answers until somebody ends it. Deadlines are the client's. */
export function openExchange(place: Place, client: ExchangeClient): Exchange {
  return new SocketExchange(place, client);
}

class SocketExchange implements Exchange {
  readonly #client: ExchangeClient;
  readonly #isTls: boolean;
  #socket: Socket | null;
  #reader: AnswerReader | null = null;

  constructor(place: Place, client: ExchangeClient) {
    this.#client = client;
    this.#isTls = place.tls !== null;
    const socket = place.tls === null ? this.#connectPlain(place) : this.#connectSecure(place, place.tls);
    this.#socket = socket;
    socket.on("error", (error: NodeJS.ErrnoException) => this.#finish(this.#endOf(error)));
    socket.on("end", () => this.#finish(this.#reader === null ? "tls-failed" : endBytes(this.#reader)));
    // An orderly end comes as "end"; "close" alone is what a torn TLS session leaves.
    socket.on("close", () => this.#finish(this.#reader === null ? "tls-failed" : "reset"));
  }

  write(text: RequestText): void {
    this.#socket?.write(text, "latin1");
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = null;
    this.#reader = null;
  }

  underWay(): number {
    return this.#reader?.bytes ?? 0;
  }

  #connectPlain(place: Place): Socket {
    const callback = (count: number): boolean => {
      this.#take(SHARED_BUFFER.subarray(0, count));
      return true;
    };
    const { address: host, port } = place;
    const socket = connect({ host, port, noDelay: true, onread: { buffer: SHARED_BUFFER, callback } });
    socket.on("connect", () => this.#open(null));
    return socket;
  }

  #connectSecure(place: Place, servername: string): Socket {
    const socket = connectTls({ host: place.address, port: place.port, servername, rejectUnauthorized: false });
    socket.setNoDelay(true);
    socket.on("secureConnect", () => this.#open(readCertificate(socket)));
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    return socket;
  }

  #open(certificate: CertificateFacts | null): void {
    if (this.#socket === null) return;
    this.#reader = createAnswerReader(this.#client);
    this.#client.onOpen(certificate);
  }

  #take(chunk: Buffer): void {
    if (this.#reader === null || !this.#client.onBytes(chunk)) return;
    const failure = readBytes(this.#reader, chunk);
    if (failure !== null) this.#finish(failure);
  }

  #endOf(error: NodeJS.ErrnoException): ExchangeEnd {
    const code = error.code ?? "";
    if (code === "ECONNREFUSED") return "refused";
    if (LOCAL_CODES.has(code)) return "local";
    if (NO_WAY_CODES.has(code)) return "unreachable";
    if (code === "ETIMEDOUT") return "silent";
    return this.#isTls && this.#reader === null ? "tls-failed" : "reset";
  }

  /** Tells the client once; an exchange that the client closed tells nobody. */
  #finish(end: ExchangeEnd | null): void {
    if (this.#socket === null) return;
    this.close();
    this.#client.onEnd(end);
  }
}
