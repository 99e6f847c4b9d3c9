import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { createServer as createTlsServer } from "node:tls";
import { Complaint } from "../../model/complaint.ts";
import type { Listen } from "../config/gateway-config.ts";
import { peerRule } from "../config/peers.ts";
import type { Desk } from "./desk.ts";
import { FrontConnection } from "./front-connection.io.ts";
import type { DoorSide } from "./front-connection.io.ts";
import type { Beginning } from "./messages.ts";

/** How often it is looked for late heads and idle connections. */
const CHECK_MS = 5000;
const HANDSHAKE_MS = 20_000;
const MOST_CONNECTIONS = 16_384;
/** While draining: how often connections that have become idle are closed, and how long they may stay before. */
const SWEEP_MS = 50;
const GRACE_MS = 1000;

/** The way in of one worker. */
export interface FrontDoor {
  readonly server: Server;
  /** Takes no connection any more, lets what is at work finish; resolves when all are gone. */
  drain(): Promise<void>;
  readonly inFlight: number;
}

/** Opens the way in, not yet listening. */
export function openFrontDoor({ config, certificate }: Beginning, desk: Desk): FrontDoor {
  const isAllowed = peerRule(config.listen);
  const connections = new Set<FrontConnection>();
  let isDraining = false;
  let inFlight = 0;
  const side: DoorSide = {
    desk,
    get isDraining() {
      return isDraining;
    },
    count: (change) => {
      inFlight += change;
    },
    left: (connection) => void connections.delete(connection),
  };
  const server = createFor(certificate, (socket) => void connections.add(new FrontConnection(socket, side)));
  server.maxConnections = MOST_CONNECTIONS;
  server.prependListener("connection", (socket: Socket) => {
    if (!isAllowed(socket.remoteAddress ?? "")) socket.destroy();
  });
  const check = setInterval(() => {
    const nowMs = performance.now();
    for (const connection of connections) connection.look(nowMs);
  }, CHECK_MS).unref();
  return {
    server,
    get inFlight() {
      return inFlight;
    },
    drain: async () => {
      isDraining = true;
      await ended(server, connections);
      clearInterval(check);
    },
  };
}

/** Resolves when the last connection is gone. Those that are idle get a moment for a request that is on its way. */
function ended(server: Server, connections: ReadonlySet<FrontConnection>): Promise<void> {
  return new Promise((resolve) => {
    const sinceMs = Date.now();
    const sweep = setInterval(() => {
      if (Date.now() - sinceMs < GRACE_MS) return;
      for (const connection of connections) if (!connection.isBusy) connection.destroy();
    }, SWEEP_MS);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
  });
}

function createFor(certificate: Beginning["certificate"], take: (socket: Socket) => void): Server {
  const server =
    certificate === null
      ? createServer({ noDelay: true }, take)
      : createTlsServer(
          {
            ...certificate,
            minVersion: "TLSv1.2",
            ALPNProtocols: ["http/1.1"],
            handshakeTimeout: HANDSHAKE_MS,
            noDelay: true,
          },
          take,
        );
  // A handshake that fails has told its client so.
  server.on("tlsClientError", () => undefined);
  return server;
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
