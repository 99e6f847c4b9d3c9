import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { bearer, chat, forwarded } from "./asking.ts";

const LONG = Buffer.alloc(9 * 1024 * 1024, "a");
const EVERYTHING_MS = 1000;

let upstream: Upstream;
let plain: TestGateway;
let tls: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream();
  plain = await startGateway(upstream.url);
  tls = await startGateway(upstream.url, { listen: { port: 0, tls: "local-ca" } });
}, 300_000);
afterAll(async () => {
  await plain.remove();
  await tls.remove();
  await upstream.stop();
});

const portOf = (gateway: TestGateway): number => Number(new URL(gateway.url).port);

function head(gateway: TestGateway, ...more: readonly string[]): string {
  const { authorization = "" } = bearer(gateway);
  return ["POST /api/chat HTTP/1.1", "host: localhost", `authorization: ${authorization}`, ...more, "", ""].join(
    "\r\n",
  );
}

async function open(gateway: TestGateway): Promise<Socket> {
  const port = portOf(gateway);
  if (gateway === plain) return connect({ port, host: "127.0.0.1", noDelay: true });
  const [, authority = ""] = await gateway.until(/Copy (\S+) to each client/u);
  return connectTls({ port, host: "127.0.0.1", servername: "localhost", ca: await readFile(authority) });
}

/** Sends a request whole before it reads the first byte; gives what it reads then, or how it fails. */
async function sendThenRead(gateway: TestGateway, parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = await open(gateway);
  return new Promise((resolve) => {
    let answer = "";
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(`${error.code ?? error.message} after: ${answer}`));
    socket.on("close", () => resolve(answer));
    socket.pause();
    for (const part of parts) socket.write(part);
    socket.write("", () => {
      // What the server does after the last byte has come here too before anything is read.
      setTimeout(() => {
        socket.on("data", (piece: Buffer) => (answer += piece.toString("latin1")));
        socket.resume();
      }, EVERYTHING_MS);
    });
  });
}

/** Status and JSON of an answer that must be whole. */
function whole(answer: string): { readonly status: string; readonly body: unknown } {
  const [fields = "", body = ""] = answer.split("\r\n\r\n");
  expect(fields.toLowerCase()).toContain(`content-length: ${body.length}`);
  return { status: fields.slice(0, "HTTP/1.1 413".length), body: JSON.parse(body) as unknown };
}

const CASES = [
  ["too long, announced", "413", (gateway: TestGateway) => [head(gateway, `content-length: ${LONG.length}`), LONG]],
  [
    "too long, in chunks",
    "413",
    (gateway: TestGateway) => [
      head(gateway, "transfer-encoding: chunked"),
      `${LONG.length.toString(16)}\r\n`,
      LONG,
      "\r\n0\r\n\r\n",
    ],
  ],
  [
    "with a wrong key",
    "401",
    (gateway: TestGateway) => [
      head(gateway, `content-length: ${LONG.length}`).replace(/Bearer \S+/u, "Bearer corral_wrong"),
      LONG,
    ],
  ],
] as const;

test.for(CASES)("a client that sends its body (%s) before it reads gets its %s whole", async ([, status, parts]) => {
  const got = whole(await sendThenRead(plain, parts(plain)));
  expect(got.status).toBe(`HTTP/1.1 ${status}`);
  expect(got.body).toHaveProperty("error");
});

test.for(CASES)(
  "through TLS, a client that sends its body (%s) before it reads gets its %s whole",
  async ([, status, parts]) => {
    const got = whole(await sendThenRead(tls, parts(tls)));
    expect(got.status).toBe(`HTTP/1.1 ${status}`);
  },
);

test("fetch is told that its body is too long", async () => {
  const ask = async (): Promise<number> => {
    const answer = await fetch(`${plain.url}/api/chat`, { method: "POST", headers: bearer(plain), body: LONG });
    expect(await answer.json()).toHaveProperty("error");
    return answer.status;
  };
  expect(await Promise.all([ask(), ask(), ask(), ask()])).toEqual([413, 413, 413, 413]);
});

test("a client that never ends its sending is cut off", async () => {
  const socket = connect({ port: portOf(plain), host: "127.0.0.1", allowHalfOpen: true });
  const piece = Buffer.alloc(1024 * 1024, "a");
  let sent = 0;
  const more = (error?: Error | null): void => {
    if (error !== undefined && error !== null) return;
    sent += piece.length;
    socket.write(piece, more);
  };
  await new Promise<void>((resolve) => {
    socket.on("error", () => undefined).resume();
    socket.on("close", () => resolve());
    socket.write(head(plain, "content-length: 1000000000000"), more);
  });
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

test("a body of a million chunks of one byte is one body", async () => {
  const text = JSON.stringify(chat(" ".repeat(1_000_000), { stream: false }));
  const chunked = text.replaceAll(/./gsu, "1\r\n$&\r\n");
  const answer = await sendThenRead(plain, [
    head(plain, "transfer-encoding: chunked", "connection: close"),
    chunked,
    "0\r\n\r\n",
  ]);
  expect(answer.slice(0, "HTTP/1.1 200".length)).toBe("HTTP/1.1 200");
  expect((await forwarded(upstream)).map(({ bodyBytes }) => bodyBytes)).toEqual([text.length]);
});
