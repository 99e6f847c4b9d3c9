import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { UpstreamBody, UpstreamFailure } from "./forward.ts";
import { openRawUpstream } from "./raw-forward.io.ts";
import type { Upstream } from "./upstream.ts";

let server: Server | null = null;
let upstream: Upstream | null = null;
afterEach(async () => {
  await upstream?.close();
  server?.close();
});

/** An upstream that does with each connection what it is told; tells what came on each. */
async function serve(behave: (socket: Socket, text: string, turn: number) => void): Promise<Upstream> {
  let turn = 0;
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      turn += 1;
      behave(socket, bytes.toString("latin1"), turn);
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  upstream = openRawUpstream(new URL(`http://127.0.0.1:${String(portOf(server))}/base`));
  return upstream;
}

function portOf(of: Server | null): number | null {
  const address = of?.address() ?? null;
  return address === null || typeof address === "string" ? null : address.port;
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly string[];
  readonly bodyBytes?: number | null;
  readonly body?: UpstreamBody;
  /** What the sink answers to each piece. */
  readonly takes?: boolean;
}

interface Told {
  status: number;
  headers: readonly string[];
  pieces: string[];
  failure: UpstreamFailure | null;
}

function ask({ forward }: Upstream, asked: Asked = {}): Promise<Told> {
  const { method = "GET", path = "/api/tags", headers = [], bodyBytes = null, body = null, takes = true } = asked;
  const told: Told = { status: 0, headers: [], pieces: [], failure: null };
  return new Promise((resolve) => {
    const call = forward({ method, path, headers, bodyBytes }, body, {
      begun: (status, list) => {
        told.status = status;
        told.headers = list;
      },
      data: (piece) => {
        told.pieces.push(piece.toString("latin1"));
        if (!takes) setImmediate(() => call.resume());
        return takes;
      },
      ended: () => resolve(told),
      failed: (failure) => {
        told.failure = failure;
        resolve(told);
      },
    });
  });
}

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

test("a head is made of its parts alone, with the base path, the upstream's own host, and one length", async () => {
  const heads: string[] = [];
  const way = await serve((socket, text) => {
    heads.push(text);
    socket.write(OK);
  });
  const told = await ask(way, { method: "POST", headers: ["accept", "*/*"], body: Buffer.from("{}") });
  expect(told).toEqual({ status: 200, headers: ["Content-Length", "2"], pieces: ["ok"], failure: null });
  await ask(way, { method: "DELETE" });
  await ask(way, { method: "POST", body: [Buffer.from("{"), Buffer.from("}")] });
  const host = `127.0.0.1:${String(portOf(server))}`;
  expect(heads).toEqual([
    `POST /base/api/tags HTTP/1.1\r\nhost: ${host}\r\naccept: */*\r\ncontent-length: 2\r\n\r\n{}`,
    `DELETE /base/api/tags HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 0\r\n\r\n`,
    expect.stringContaining(`POST /base/api/tags HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 2\r\n\r\n`),
  ]);
});

test.for([
  ["a path with a line end", { path: "/a\r\nX: y" }],
  ["a path with a blank", { path: "/a HTTP/1.1" }],
  ["a header with a line end", { headers: ["accept", "a\r\nX: y"] }],
  ["a header's name with a colon", { headers: ["a:b", "c"] }],
  ["a length of the client's own", { headers: ["content-length", "5"] }],
  ["a method with a blank", { method: "GET /" }],
] as const)("%s is never written", async ([, asked]) => {
  const way = await serve((socket) => socket.write(OK));
  await expect(ask(way, asked)).rejects.toThrow("can be made of this");
});

test("chunks come one by one, however they were read; who holds back gets the rest when it goes on", async () => {
  const answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n";
  const way = await serve((socket) => socket.write(answer));
  for (const takes of [true, false]) expect((await ask(way, { takes })).pieces).toEqual(["one", "two", "three"]);
});

test("a connection serves again; one that died meanwhile is replaced where nothing can have been done twice", async () => {
  const sockets = new Set<Socket>();
  const way = await serve((socket, _text, turn) => {
    sockets.add(socket);
    if (turn === 3 || turn === 5) socket.resetAndDestroy();
    else socket.write(OK);
  });
  await ask(way);
  await ask(way);
  expect(sockets.size).toBe(1);
  expect((await ask(way)).pieces).toEqual(["ok"]);
  expect(sockets.size).toBe(2);
  expect((await ask(way, { method: "POST", body: Buffer.from("{}") })).failure).toEqual({ kind: "broken" });
});

test.for([
  ["no answer", "SSH-2.0-x\r\n\r\n"],
  ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok"],
  ["length and chunks", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
  ["a switch of protocols", "HTTP/1.1 101 Switching\r\n\r\n"],
  ["a head without end", `HTTP/1.1 200 OK\r\nX: ${"a".repeat(50_000)}`],
] as const)("%s is a broken upstream", async ([, answer]) => {
  const way = await serve((socket) => socket.write(answer));
  const told = await ask(way);
  expect(told).toMatchObject({ status: 0, pieces: [], failure: { kind: "broken" } });
});

test("an answer that breaks off is a broken one; one that ends with its connection is whole", async () => {
  const way = await serve((socket, text) =>
    socket.end(`HTTP/1.1 200 OK\r\n${text.includes("/cut") ? "Content-Length: 9\r\n" : ""}\r\nhello`),
  );
  expect(await ask(way, { path: "/cut" })).toMatchObject({ pieces: ["hello"], failure: { kind: "broken" } });
  expect(await ask(way)).toMatchObject({ status: 200, pieces: ["hello"], failure: null });
});

test("bytes that nobody asked for end their connection: they are no part of a later answer", async () => {
  const sockets = new Set<Socket>();
  const way = await serve((socket) => {
    sockets.add(socket);
    socket.write(OK);
    setTimeout(() => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"), 5);
  });
  expect((await ask(way)).pieces).toEqual(["ok"]);
  await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true);
  expect((await ask(way)).pieces).toEqual(["ok"]);
  expect(sockets.size).toBe(2);
});

test("who leaves closes the upstream's connection", async () => {
  let isClosed = false;
  const way = await serve((socket) => {
    socket.on("close", () => {
      isClosed = true;
    });
    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
  });
  const nothing = (): void => undefined;
  const call = way.forward({ method: "GET", path: "/", headers: [], bodyBytes: null }, null, {
    begun: nothing,
    data: () => {
      call.abort();
      return true;
    },
    ended: nothing,
    failed: nothing,
  });
  await expect.poll(() => isClosed).toBe(true);
});

test("nobody listening is unreachable", async () => {
  const way = await serve((socket) => socket.write(OK));
  const { promise, resolve } = Promise.withResolvers<void>();
  server?.close(() => resolve());
  await promise;
  expect((await ask(way)).failure).toEqual({ kind: "unreachable" });
});

test("a body that passes goes in chunks, or with the length it was announced with", async () => {
  const texts: string[] = [];
  const way = await serve((socket, text) => {
    texts.push(text);
    if (texts.join("").endsWith("0\r\n\r\n") || texts.join("").endsWith("twelve bytes")) socket.write(OK);
  });
  async function* body(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield Buffer.from("twelve ");
    yield Buffer.from("bytes");
  }
  await ask(way, { method: "POST", body: body() });
  expect(texts.join("")).toMatch(/transfer-encoding: chunked\r\n\r\n7\r\ntwelve \r\n5\r\nbytes\r\n0\r\n\r\n$/u);
  texts.length = 0;
  await ask(way, { method: "POST", body: body(), bodyBytes: 12 });
  expect(texts.join("")).toMatch(/content-length: 12\r\n\r\ntwelve bytes$/u);
});
