import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { replyBytes } from "./farm-reply.ts";
import type { FarmBehaviour, FarmRequest } from "./farm-server.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n";
const JSON_LENGTH = (body: string): string => `${OK}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const VERSION = '{"version":"0.5.1"}';

/** Writes the same piece for ever, as fast as the other side reads or every so many milliseconds. */
function pour(socket: Socket, piece: string, everyMs: number): void {
  const again = (): void => {
    if (socket.destroyed) return;
    if (everyMs > 0) setTimeout(again, everyMs);
    if (socket.write(piece) && everyMs === 0) setImmediate(again);
    else if (everyMs === 0) socket.once("drain", again);
  };
  again();
}

/** Everything a server can do to whoever asks it. */
const DEEDS = {
  /** Says nothing at all. */
  silence: () => undefined,
  "endless-body": (socket: Socket) => {
    socket.write(`${OK}\r\n`);
    pour(socket, "x".repeat(16_384), 0);
  },
  "endless-chunks": (socket: Socket) => {
    socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`);
    pour(socket, `400\r\n${"x".repeat(1_024)}\r\n`, 0);
  },
  "drip-body": (socket: Socket) => {
    socket.write(`${OK}Content-Length: 4000\r\n\r\n`);
    pour(socket, "x", 50);
  },
  "drip-header": (socket: Socket) => {
    socket.write("HTTP/1.1 200 OK\r\nX-Slow: ");
    pour(socket, "x", 50);
  },
  "stops-midway": (socket: Socket) => socket.write(`${OK}Content-Length: 400\r\n\r\n{"version":`),
  "length-too-short": (socket: Socket) => socket.write(`${OK}Content-Length: 5\r\n\r\n${VERSION}`),
  "length-too-long": (socket: Socket) => socket.end(`${OK}Content-Length: 500\r\n\r\n${VERSION}`),
  "length-twice": (socket: Socket) => socket.write(`${OK}Content-Length: 19\r\nContent-Length: 20\r\n\r\n${VERSION}`),
  "length-not-a-number": (socket: Socket) => socket.write(`${OK}Content-Length: 0x13\r\n\r\n${VERSION}`),
  "length-and-chunks": (socket: Socket) =>
    socket.write(`${OK}Content-Length: 19\r\nTransfer-Encoding: chunked\r\n\r\n13\r\n${VERSION}\r\n0\r\n\r\n`),
  "length-beyond-cap": (socket: Socket) => socket.write(`${OK}Content-Length: 999999999\r\n\r\n`),
  "reset-midway": (socket: Socket) => {
    socket.write(`${OK}Content-Length: 400\r\n\r\n{"version":`, () => socket.resetAndDestroy());
  },
  "huge-header": (socket: Socket) => socket.write(`${OK}X-Huge: ${"x".repeat(40_000)}\r\n\r\n`),
  "endless-header": (socket: Socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    pour(socket, `X-More: ${"x".repeat(1_000)}\r\n`, 0);
  },
  "deep-json": (socket: Socket) => socket.write(JSON_LENGTH(`{"version":${"[".repeat(1_500)}${"]".repeat(1_500)}}`)),
  "bad-json": (socket: Socket) => socket.write(JSON_LENGTH('{"version":"0.5.1"')),
  "not-an-object": (socket: Socket) => socket.write(JSON_LENGTH('["0.5.1"]')),
  "bad-utf8": (socket: Socket) => {
    const body = Buffer.from('{"version":"0.5.\xff"}', "latin1");
    socket.write(Buffer.concat([Buffer.from(`${OK}Content-Length: ${body.length}\r\n\r\n`), body]));
  },
  "control-characters": (socket: Socket) => socket.write(JSON_LENGTH(String.raw`{"version":"0.5\u001b[31m"}`)),
  "control-in-header": (socket: Socket) => socket.write("HTTP/1.1 200 OK\r\nX: \x1b[31m\r\nContent-Length: 0\r\n\r\n"),
  "gzip-bomb": (socket: Socket) => {
    const body = gzipSync(Buffer.alloc(2_000_000, "x"));
    socket.write(`${OK}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.write(body);
  },
  "interim-flood": (socket: Socket) => pour(socket, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 0),
  "unasked-answers": (socket: Socket) => socket.write(JSON_LENGTH(VERSION).repeat(3)),
  "not-http": (socket: Socket) => socket.write("SSH-2.0-OpenSSH_9.6\r\n"),
  "closes-midway": (socket: Socket) => socket.end(`${OK}Content-Length: 400\r\n\r\n{"version":`),
  redirect: (socket: Socket) => {
    const headers = ["Location: http://192.0.2.1/elsewhere"];
    socket.write(replyBytes({ status: 301, contentType: null, body: "", headers }));
  },
  "busy-503": (socket: Socket) => {
    socket.write(replyBytes({ status: 503, contentType: "text/plain", body: "server busy" }));
  },
} as const satisfies Record<string, (socket: Socket) => unknown>;

export type Deed = keyof typeof DEEDS;
export const ALL_DEEDS: readonly Deed[] = Object.keys(DEEDS) as readonly Deed[];

/** A server that does the same to every request. */
export function hostileBehaviour(deed: Deed): FarmBehaviour {
  return {
    onRequest: (_request: FarmRequest, socket: Socket) => {
      DEEDS[deed](socket);
    },
  };
}
