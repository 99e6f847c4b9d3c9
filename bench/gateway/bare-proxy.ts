/** What Node itself takes: node:http before undici, a bearer check and nothing kept. `node bare-proxy.ts PORT UPSTREAM KEY`. */
import { createServer, type ServerResponse } from "node:http";
import process from "node:process";
import { Pool, type Dispatcher } from "undici";

const [port = "", upstream = "", key = ""] = process.argv.slice(2);
const pool = new Pool(upstream, { connections: null, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });

class Call implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse;
  #abort: (() => void) | null = null;
  #isOver = false;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  leave(): void {
    if (!this.#isOver) this.#abort?.();
  }

  onConnect(abort: () => void): void {
    this.#abort = abort;
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    const kept: string[] = [];
    for (let at = 0; at + 1 < headers.length; at += 2) {
      const name = headers[at]?.toString("latin1") ?? "";
      const lower = name.toLowerCase();
      if (lower !== "connection" && lower !== "transfer-encoding" && lower !== "keep-alive")
        kept.push(name, headers[at + 1]?.toString("latin1") ?? "");
    }
    this.#response.writeHead(status, kept);
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#response.write(chunk);
    return true;
  }

  onComplete(): void {
    this.#isOver = true;
    this.#response.end();
  }

  onError(): void {
    this.#isOver = true;
    this.#response.destroy();
  }
}

const server = createServer((request, response) => {
  response.sendDate = false;
  const { method = "GET", url: path = "/", headers } = request;
  if (headers.authorization !== `Bearer ${key}`) {
    response.writeHead(401).end();
    return;
  }
  const pieces: Buffer[] = [];
  request.on("data", (piece: Buffer) => pieces.push(piece));
  request.on("end", () => {
    const body = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
    const call = new Call(response);
    response.on("close", () => {
      call.leave();
    });
    const kept = ["content-type", headers["content-type"] ?? "application/json"];
    pool.dispatch({ method, path, headers: kept, body: body ?? null }, call);
  });
});
server.listen({ port: Number(port), host: "127.0.0.1", backlog: 4096 });
