import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { chat, forwarded, raw } from "./asking.ts";

let upstream: Upstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream.url, { roles: { user: { allow: ["A", "B"] } } });
}, 300_000);
afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});
beforeEach(() => upstream.reset());

const head = (line: string, ...more: readonly string[]): string =>
  [line, "host: x", `authorization: Bearer ${gateway.keys["user"]?.secret ?? ""}`, ...more, "", ""].join("\r\n");
const BODY = JSON.stringify(chat("tokens=2", { stream: false }));
const QUIET_MS = 1500;

/** Statuses of the answers on one connection, and whether each is framed. */
const statuses = (answer: string): readonly string[] => answer.match(/HTTP\/1\.1 \d{3}/gu) ?? [];

test("requests that come all at once are answered one after another, in their order", async () => {
  const chatText = head("POST /api/chat HTTP/1.1", `content-length: ${BODY.length}`) + BODY;
  const unknown = head("GET /api/nothing HTTP/1.1");
  const last = head("GET /api/version HTTP/1.1", "connection: close");
  const answer = await raw(gateway, chatText + unknown + chatText + last, QUIET_MS);
  expect(statuses(answer)).toEqual(["HTTP/1.1 200", "HTTP/1.1 404", "HTTP/1.1 200", "HTTP/1.1 200"]);
  expect(await forwarded(upstream)).toHaveLength(3);
});

test("a request in pieces of one byte is the same request", async () => {
  const text =
    head("POST /api/chat HTTP/1.1", "transfer-encoding: chunked") +
    `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect({ port: Number(new URL(gateway.url).port), host: "127.0.0.1", noDelay: true });
    socket.on("error", reject);
    socket.once("data", (bytes) => {
      socket.destroy();
      resolve(bytes.toString("latin1"));
    });
    let at = 0;
    const next = (): void => {
      if (at === text.length) return;
      socket.write(text.charAt(at));
      at += 1;
      setImmediate(next);
    };
    next();
  });
  expect(statuses(answer)).toEqual(["HTTP/1.1 200"]);
  expect((await forwarded(upstream)).map(({ model }) => model)).toEqual(["llama3"]);
});

test("who speaks HTTP/1.0 gets no chunks: the end of the connection is the end of the answer", async () => {
  const body = JSON.stringify(chat("tokens=3"));
  const answer = await raw(gateway, head("POST /api/chat HTTP/1.0", `content-length: ${body.length}`) + body, QUIET_MS);
  expect(answer.toLowerCase()).not.toContain("transfer-encoding");
  expect(answer.split("\r\n\r\n")[1]?.trim().split("\n")).toHaveLength(4);
});

test("a HEAD has the head of its answer and no body", async () => {
  const answer = await raw(
    gateway,
    head("HEAD /api/version HTTP/1.1") + head("GET /api/version HTTP/1.1", "connection: close"),
    QUIET_MS,
  );
  expect(statuses(answer)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200"]);
  expect(answer.match(/"version"/gu)).toHaveLength(1);
});

test("who waits to be told to send its body is told, once its key is known", async () => {
  const text = head("POST /api/chat HTTP/1.1", "expect: 100-continue", `content-length: ${BODY.length}`);
  expect(statuses(await raw(gateway, text + BODY, QUIET_MS))).toEqual(["HTTP/1.1 100", "HTTP/1.1 200"]);
  const stranger = text.replace(/Bearer \S+/u, "Bearer corral_wrong");
  expect(statuses(await raw(gateway, stranger, QUIET_MS))).toEqual(["HTTP/1.1 401"]);
});

test.for([
  ["a head that never ends", "GET /api/tags HTTP/1.1\r\nx: " + "a".repeat(20_000), "431"],
  ["many fields", `GET /api/tags HTTP/1.1\r\n${"x: y\r\n".repeat(300)}\r\n`, "431"],
  ["another protocol", "SSH-2.0-x\r\n\r\n", "400"],
  ["TLS on a plain port", "\u0016\u0003\u0001\u0002\u0000\u0001", "400"],
  ["an unknown method", "PULL /api/tags HTTP/1.1\r\nhost: x\r\n\r\n", "400"],
  ["a chunk of another size", "POST /api/chat HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", "400"],
] as const)("%s ends its connection", async ([, text, status]) => {
  const answer = await raw(gateway, text, QUIET_MS);
  expect(answer.startsWith(`HTTP/1.1 ${status}`)).toBe(true);
  expect(answer).toContain("Connection: close");
  expect(await forwarded(upstream)).toEqual([]);
});
