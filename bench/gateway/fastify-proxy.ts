/** The peer of Node: fastify with @fastify/http-proxy and a bearer check. `node fastify-proxy.ts PORT UPSTREAM KEY`. */
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

interface Reply {
  code(status: number): Reply;
  send(body: object): Reply;
}

interface Server {
  addHook(name: "onRequest", hook: (request: Asked, reply: Reply, done: () => void) => void): void;
  register(plugin: unknown, options: object): void;
  listen(options: { readonly port: number; readonly host: string }): Promise<string>;
}

interface Asked {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

const [port = "", upstream = "", key = ""] = process.argv.slice(2);
const peers = createRequire(path.join(import.meta.dirname, "peers/package.json"));
const fastify = peers("fastify") as (options: object) => Server;
const server = fastify({ logger: false, bodyLimit: 32 << 20 });
server.addHook("onRequest", (request, reply, done) => {
  if (request.headers["authorization"] === `Bearer ${key}`) done();
  else reply.code(401).send({ error: "unauthorized" });
});
server.register(peers("@fastify/http-proxy"), {
  upstream,
  undici: { connections: 4096, pipelining: 1, bodyTimeout: 600_000, headersTimeout: 600_000 },
});
await server.listen({ port: Number(port), host: "127.0.0.1" });
