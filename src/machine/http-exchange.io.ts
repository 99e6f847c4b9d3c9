import { connect } from "node:net";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { createAnswerReader } from "../format/http-answer.ts";
import type { AnswerReader } from "../format/http-answer.ts";
import type { CertificateFacts } from "../model/observation.ts";
import { readCertificate } from "./certificate.io.ts";
import type { Exchange, ExchangeClient, ExchangeEnd, Place } from "./exchange.ts";

/** All plain sockets read into one buffer: a read is consumed before the next one happens. */
const SHARED_BUFFER = Buffer.allocUnsafeSlow(65_536);

/** Errors of this machine; they say nothing about the other side. */
const LOCAL_CODES = new Set(["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "EADDRNOTAVAIL", "EACCES", "EPERM", "EINVAL"]);
const NO_WAY_CODES = new Set(["EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN", "EPROTO"]);

interface Line {
  readonly client: ExchangeClient;
  readonly isTls: boolean;
  socket: Socket | null;
  reader: AnswerReader | null;
  isOpen: boolean;
}

/** Connects and reads answers until somebody ends it. Deadlines are the client's. */
export function openExchange(place: Place, client: ExchangeClient): Exchange {
  const line: Line = { client, isTls: place.tls !== null, socket: null, reader: null, isOpen: false };
  line.socket = place.tls === null ? connectPlain(line, place) : connectSecure(line, place, place.tls);
  return {
    write: (text) => void line.socket?.write(text, "latin1"),
    close: () => drop(line),
    underWay: () => line.reader?.underWay ?? 0,
  };
}

function connectPlain(line: Line, place: Place): Socket {
  const socket = connect({
    host: place.address,
    port: place.port,
    noDelay: true,
    onread: {
      buffer: SHARED_BUFFER,
      callback: (count) => {
        take(line, SHARED_BUFFER.subarray(0, count));
        return true;
      },
    },
  });
  socket.once("connect", () => open(line, null));
  return listen(line, socket);
}

function connectSecure(line: Line, place: Place, serverName: string): Socket {
  const socket = connectTls({
    host: place.address,
    port: place.port,
    servername: serverName,
    rejectUnauthorized: false,
  });
  socket.setNoDelay(true);
  socket.once("secureConnect", () => open(line, readCertificate(socket)));
  socket.on("data", (chunk: Buffer) => take(line, chunk));
  return listen(line, socket);
}

function listen(line: Line, socket: Socket): Socket {
  socket.on("error", (error: NodeJS.ErrnoException) => finish(line, endOf(line, error)));
  // An orderly end comes as "end"; "close" alone is what a torn TLS session leaves.
  socket.once("close", () => finish(line, line.isOpen ? "reset" : "tls-failed"));
  socket.once("end", () => finish(line, line.isOpen ? (line.reader?.end() ?? null) : "tls-failed"));
  return socket;
}

function open(line: Line, certificate: CertificateFacts | null): void {
  if (line.socket === null) return;
  line.isOpen = true;
  line.reader = createAnswerReader(line.client);
  line.client.onOpen(certificate);
}

function take(line: Line, chunk: Buffer): void {
  if (line.socket === null || line.reader === null) return;
  if (!line.client.onBytes(chunk)) return;
  const failure = line.reader.push(chunk);
  if (failure !== null) finish(line, failure);
}

function endOf(line: Line, error: NodeJS.ErrnoException): ExchangeEnd {
  const code = error.code ?? "";
  if (code === "ECONNREFUSED") return "refused";
  if (LOCAL_CODES.has(code)) return "local";
  if (NO_WAY_CODES.has(code)) return line.isTls && code === "EPROTO" ? "tls-failed" : "unreachable";
  if (code === "ETIMEDOUT") return "silent";
  if (line.isTls && !line.isOpen) return "tls-failed";
  return "reset";
}

/** Tells the client once; a dropped line tells nobody. */
function finish(line: Line, end: ExchangeEnd | null): void {
  if (line.socket === null) return;
  drop(line);
  line.client.onEnd(end);
}

function drop(line: Line): void {
  line.socket?.destroy();
  line.socket = null;
  line.reader = null;
}
