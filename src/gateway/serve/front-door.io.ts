import { createServer } from "node:http";
import type { RequestListener, Server, ServerOptions } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { Server as NetServer } from "node:net";
import type { Socket } from "node:net";
import { Complaint } from "../../model/complaint.ts";
import type { Listen } from "../config/gateway-config.ts";
import { peerRule } from "../config/peers.ts";
import type { Desk } from "./desk.ts";
import type { Beginning } from "./messages.ts";
import { Exchange } from "./exchange.io.ts";

/** Heads that are not whole by then are given up; bodies have a deadline of their own. */
const HEAD_MS = 20_000;
const KEEP_ALIVE_MS = 75_000;
/** How often it is looked for stale heads. */
const CHECK_MS = 5000;
const HEAD_BYTES = 16 * 1024;
const MOST_CONNECTIONS = 16_384;
/** While draining: how often connections that have become idle are closed, and how long they may stay before. */
const SWEEP_MS = 50;
const GRACE_MS = 1000;

const OPTIONS: ServerOptions = {
  headersTimeout: HEAD_MS,
  requestTimeout: 0,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: CHECK_MS,
  maxHeaderSize: HEAD_BYTES,
  insecureHTTPParser: false,
};

/** The way in of one worker. */
export interface FrontDoor {
  readonly server: Server;
  /** Takes no connection any more, lets what is at work finish; resolves when all are gone. */
  drain(): Promise<void>;
  readonly inFlight: number;
}

/** Opens the way in, not yet listening. */
export function openFrontDoor({ config, certificate }: Beginning, desk: Desk): FrontDoor {
  const server = createFor(certificate);
  const isAllowed = peerRule(config.listen);
  /** Requests at work on each connection. */
  const sockets = new Map<Socket, number>();
  let isDraining = false;
  let inFlight = 0;
  const count = (socket: Socket, change: 1 | -1): void => {
    inFlight += change;
    const busy = sockets.get(socket);
    if (busy !== undefined) sockets.set(socket, busy + change);
  };
  const take =
    (waits: boolean): RequestListener =>
    (request, response) => {
      const { socket } = request;
      count(socket, 1);
      response.once("close", () => count(socket, -1));
      response.sendDate = false;
      if (isDraining) response.shouldKeepAlive = false;
      new Exchange(desk, request, response, waits).start();
    };
  server.maxConnections = MOST_CONNECTIONS;
  server.on("request", take(false));
  server.on("checkContinue", take(true));
  server.on("connection", (socket: Socket) => {
    if (!isAllowed(socket.remoteAddress ?? "")) socket.destroy();
  });
  server.on(config.listen.tls === null ? "connection" : "secureConnection", (socket: Socket) => {
    sockets.set(socket, 0);
    socket.once("close", () => sockets.delete(socket));
  });
  return {
    server,
    get inFlight() {
      return inFlight;
    },
    drain: () => {
      isDraining = true;
      return ended(server, sockets);
    },
  };
}

/** Resolves when the last connection is gone. Those that are idle get a moment for a request that is on its way. */
function ended(server: Server, sockets: ReadonlyMap<Socket, number>): Promise<void> {
  return new Promise((resolve) => {
    const sinceMs = Date.now();
    const sweep = setInterval(() => {
      if (Date.now() - sinceMs < GRACE_MS) return;
      for (const [socket, busy] of sockets) if (busy === 0) socket.destroy();
    }, SWEEP_MS);
    // Node's own way to close an HTTP server breaks idle connections at once, also those on which a request is under way.
    NetServer.prototype.close.call(server, () => {
      clearInterval(sweep);
      resolve();
    });
  });
}

function createFor(certificate: Beginning["certificate"]): Server {
  if (certificate === null) return createServer(OPTIONS);
  return createTlsServer({ ...OPTIONS, ...certificate, minVersion: "TLSv1.2", ALPNProtocols: ["http/1.1"] });
}

/** Begins to listen; resolves with the port. */
export function listen(server: Server, { address, port }: Listen, fd: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const place = `listen ${address} port ${port}`;
      reject(
        new Complaint(
          [{ place, message: `cannot listen: ${error.code ?? error.message}` }],
          "is something else listening there?",
        ),
      );
    });
    server.listen(fd === null ? { host: address, port } : { fd }, () => {
      const bound = server.address();
      resolve(typeof bound === "object" && bound !== null ? bound.port : port);
    });
  });
}
