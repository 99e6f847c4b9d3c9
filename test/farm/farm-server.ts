import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { noteRequest, requestPattern } from "./request-log.ts";
import { CERTIFICATE, PRIVATE_KEY } from "./certificate.ts";

/** One request as a farm server received it. */
export interface FarmRequest {
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Requests before it on the same connection. */
  readonly before: number;
  /** Whether more bytes lay behind it: it was pipelined. */
  readonly followed: boolean;
}

/** Who was asked what and when. */
export interface FarmLogEntry {
  readonly address: string;
  readonly port: number;
  readonly line: string;
  /** The line below the base path, with what is random or in the body as a pattern. */
  readonly pattern: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/** What a server does with its requests; those of one connection come one after the other. */
export interface FarmBehaviour {
  /** TLS from the first byte, or only for whoever begins with it. */
  readonly tls?: "always" | "if-spoken";
  /** Prefix that the log of the test run leaves out of paths. */
  readonly basePath?: string;
  onRequest(request: FarmRequest, socket: Socket): void;
  /** With `if-spoken`: what a plain request gets. */
  onPlain?(socket: Socket): void;
}

const MAX_REQUEST_BYTES = 65_536;
const END = "\r\n\r\n";

/** Starts one server; port 0 lets the system choose. */
export async function listen(
  behaviour: FarmBehaviour,
  address: string,
  port: number,
  log: FarmLogEntry[],
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const serve = (socket: Socket): void => {
    socket.on("error", () => socket.destroy());
    receive(socket, behaviour, log);
  };
  const server = serverFor(behaviour, serve, log);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: address, port, backlog: 4_096 }, resolve);
  });
  const bound = server.address();
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port: typeof bound === "object" && bound !== null ? bound.port : port, close };
}

const TLS_HANDSHAKE = 0x16;

function serverFor(behaviour: FarmBehaviour, serve: (socket: Socket) => void, log: FarmLogEntry[]): Server {
  if (behaviour.tls === undefined) return createServer({ noDelay: true }, serve);
  const secure = createTlsServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, serve);
  secure.on("tlsClientError", (_error, socket) => socket.destroy());
  if (behaviour.tls === "always") return secure;
  return createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", (chunk: Buffer) => {
      socket.pause();
      socket.unshift(chunk);
      if (chunk[0] === TLS_HANDSHAKE) {
        secure.emit("connection", socket);
        return;
      }
      receive(socket, { onRequest: () => behaviour.onPlain?.(socket) }, log);
      socket.resume();
    });
  });
}

function receive(socket: Socket, behaviour: FarmBehaviour, log: FarmLogEntry[]): void {
  let held = "";
  let before = 0;
  socket.on("data", (chunk) => {
    held += chunk.toString("latin1");
    if (held.length > MAX_REQUEST_BYTES) return void socket.destroy();
    for (;;) {
      const request = takeRequest(held, before);
      if (request === null || socket.destroyed) return;
      held = request.rest;
      before += 1;
      note(request.request, socket, behaviour, log);
      behaviour.onRequest(request.request, socket);
    }
  });
}

function takeRequest(held: string, before: number): { readonly request: FarmRequest; readonly rest: string } | null {
  const end = held.indexOf(END);
  if (end < 0) return null;
  const [line = "", ...fields] = held.slice(0, end).split("\r\n");
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(":")).toLowerCase(),
      field.slice(field.indexOf(":") + 1).trim(),
    ]),
  );
  const bodyEnd = end + END.length + Number(headers["content-length"] ?? 0);
  if (held.length < bodyEnd) return null;
  const [method = "", path = ""] = line.split(" ");
  const body = held.slice(end + END.length, bodyEnd);
  const rest = held.slice(bodyEnd);
  return { request: { method, path, headers, body, before, followed: rest !== "" }, rest };
}

/** Every request stands in the farm's log; those of a survey in the log of the test run, too. */
function note(request: FarmRequest, socket: Socket, behaviour: FarmBehaviour, log: FarmLogEntry[]): void {
  const { localAddress: address = "", localPort: port = 0 } = socket;
  const base = behaviour.basePath ?? "";
  const path = request.path.startsWith(base) ? request.path.slice(base.length) : request.path;
  const pattern = requestPattern(request.method, path, request.body);
  log.push({ address, port, line: `${request.method} ${request.path}`, pattern, atMs: Date.now() });
  if (request.headers["user-agent"]?.startsWith("corral/") === true) noteRequest(pattern);
}
