import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { isIP } from "node:net";
import { Complaint } from "../../model/complaint.ts";
import { peerRule } from "../config/peers.ts";
import { health } from "./health.ts";
import type { GatewayMetrics, Vitals } from "./metrics.io.ts";

/** What the operations listener tells of, and to whom. */
export interface OperationsView {
  readonly vitals: Vitals;
  readonly metrics: GatewayMetrics;
  /** The last checkpoint's line, for those who keep it elsewhere; empty before the first. */
  readonly lastCheckpoint: () => string;
  /** Whether an `Authorization` value is the token. */
  readonly isToken: (authorization: string | undefined) => boolean;
}

/** A running operations listener. */
export interface Operations {
  readonly port: number;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const JSON_TYPE = "application/json; charset=utf-8";
const TEXT_TYPE = "text/plain; charset=utf-8";
const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
const LIMITS = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};
const MOST_CONNECTIONS = 32;

/**
 * Opens the listener of metrics (`/metrics`), health (`/health`, `/health/live`, `/health/ready`) and the last checkpoint (`/checkpoint`). Without
 * the token every request, whatever it asks, gets the same 401; peers outside of private ranges get no answer at all.
 */
export async function startOperations(
  where: { readonly address: string; readonly port: number },
  view: OperationsView,
): Promise<Operations> {
  const server = createServer(LIMITS, (request, response) => {
    // What a body says is nobody's business here.
    request.resume();
    answer(request, view)
      .catch((): Answer => ({ status: 500, type: TEXT_TYPE, body: "failed\n" }))
      .then(({ status, type, body }) => {
        const headers = { "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff" };
        const challenge = status === 401 ? { "www-authenticate": "Bearer" } : {};
        const length = { "content-length": Buffer.byteLength(body) };
        response.writeHead(status, { ...headers, ...challenge, ...length });
        response.end(request.method === "HEAD" ? "" : body);
      })
      .catch(() => response.destroy());
  });
  server.maxConnections = MOST_CONNECTIONS;
  const isPeer = peerRule({ behind: [], plain: "private-ranges" });
  server.on("connection", (socket) => {
    if (!isPeer(socket.remoteAddress ?? "")) socket.destroy();
  });
  return listen(server, where);
}

const UNAUTHORIZED: Answer = { status: 401, type: TEXT_TYPE, body: "unauthorized\n" };
const WRONG_METHOD: Answer = { status: 405, type: TEXT_TYPE, body: "method not allowed\n" };
const NOT_FOUND: Answer = { status: 404, type: TEXT_TYPE, body: "not found\n" };

const PAGES: Readonly<Record<string, (view: OperationsView) => Answer | Promise<Answer>>> = {
  "/metrics": async ({ metrics }) => ({ status: 200, type: METRICS_TYPE, body: await metrics.text() }),
  "/health": readiness,
  "/health/ready": readiness,
  "/health/live": () => ({ status: 200, type: JSON_TYPE, body: '{"live":true}\n' }),
  "/checkpoint": ({ lastCheckpoint }) => {
    const line = lastCheckpoint();
    return line === "" ? NOT_FOUND : { status: 200, type: JSON_TYPE, body: `${line}\n` };
  },
};

function readiness({ vitals }: OperationsView): Answer {
  const state = health(vitals);
  return { status: state.ready ? 200 : 503, type: JSON_TYPE, body: `${JSON.stringify(state)}\n` };
}

async function answer(request: IncomingMessage, view: OperationsView): Promise<Answer> {
  if (!view.isToken(onlyAuthorization(request))) return UNAUTHORIZED;
  if (request.method !== "GET" && request.method !== "HEAD") return WRONG_METHOD;
  const path = request.url ?? "";
  const page = Object.hasOwn(PAGES, path) ? PAGES[path] : undefined;
  return page === undefined ? NOT_FOUND : page(view);
}

/** The one `Authorization` header; two are as good as none. */
function onlyAuthorization(request: IncomingMessage): string | undefined {
  const values = request.headersDistinct["authorization"];
  return values?.length === 1 ? values[0] : undefined;
}

async function listen(server: Server, where: { readonly address: string; readonly port: number }): Promise<Operations> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new Complaint([{ place: placeOf(where), message: error.message }])));
    server.listen(where.port, where.address, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : where.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function placeOf({ address, port }: { readonly address: string; readonly port: number }): string {
  return `operations ${isIP(address) === 6 ? `[${address}]` : address}:${port}`;
}
