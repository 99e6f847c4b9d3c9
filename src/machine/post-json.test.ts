import { createServer } from "node:http";
import type { IncomingHttpHeaders, RequestListener, Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { afterEach, expect, test } from "vitest";
import { CERTIFICATE, PRIVATE_KEY } from "../../test/farm/certificate.ts";
import { postJson } from "./post-json.io.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that answers with these statuses in turn, the last again and again; 0 answers nothing. */
async function receiver(...statuses: readonly number[]): Promise<{ url: URL; received: Received[] }> {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
      const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200;
      if (status !== 0) response.writeHead(status, { location: "/elsewhere" }).end("x".repeat(100_000));
    });
  };
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: new URL(`http://127.0.0.1:${port}/hook?token=1`), received };
}

const LIMITS = { timeoutMs: 5_000, waitsMs: [0, 0] };
const NEVER = new AbortController().signal;
const BODY = '{"a":"ü"}';

test("posts the text as it is, with its headers", async () => {
  const { url, received } = await receiver(204);
  expect(await postJson(url, BODY, { "corral-delivery": "1" }, LIMITS, NEVER)).toEqual({ ok: true, value: 204 });
  expect(received).toMatchObject([
    {
      method: "POST",
      path: "/hook?token=1",
      headers: { "content-type": "application/json", "content-length": "10", "corral-delivery": "1" },
      body: BODY,
    },
  ]);
});

test.for<readonly [name: string, statuses: readonly number[], tries: number, result: object]>([
  ["taken at the second try", [503, 200], 2, { ok: true, value: 200 }],
  ["told to wait, then taken", [429, 500, 201], 3, { ok: true, value: 201 }],
  ["never taken: tries are bounded", [500], 3, { ok: false, error: { words: "status 500", again: true } }],
  ["refused once is refused", [400], 1, { ok: false, error: { words: "status 400", again: false } }],
  [
    "a redirect is not followed",
    [302],
    1,
    { ok: false, error: { words: "status 302: redirects are not followed", again: false } },
  ],
])("%s", async ([, statuses, tries, result]) => {
  const { url, received } = await receiver(...statuses);
  expect(await postJson(url, BODY, {}, LIMITS, NEVER)).toEqual(result);
  expect(received.map(({ path }) => path)).toEqual(Array.from({ length: tries }, () => "/hook?token=1"));
});

test("nobody listens", async () => {
  const { url } = await receiver(200);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  const sent = await postJson(url, BODY, {}, LIMITS, NEVER);
  expect(sent).toMatchObject({ ok: false, error: { again: true } });
  expect(sent.ok ? "" : sent.error.words).toContain("ECONNREFUSED");
});

test("an answer that never comes is given up", async () => {
  const { url, received } = await receiver(0);
  const sent = await postJson(url, BODY, {}, { timeoutMs: 50, waitsMs: [] }, NEVER);
  expect(sent).toEqual({ ok: false, error: { words: "no answer within 0.05 s", again: true } });
  expect(received.length).toBeLessThanOrEqual(1);
});

test("Ctrl-C ends it, without another try", async () => {
  const { url } = await receiver(0);
  const controller = new AbortController();
  const sent = postJson(url, BODY, {}, { timeoutMs: 60_000, waitsMs: [60_000] }, controller.signal);
  controller.abort();
  expect(await sent).toEqual({ ok: false, error: { words: "interrupted", again: false } });
});

test("the name localhost is asked on loopback", async () => {
  const { url, received } = await receiver(200);
  url.hostname = "localhost";
  const sent = await postJson(url, BODY, {}, { timeoutMs: 5_000, waitsMs: [] }, NEVER);
  // Where the name means [::1] first, nobody listens there: that is an answer of loopback too.
  expect(sent.ok || sent.error.words.includes("ECONNREFUSED")).toBe(true);
  expect(received.every(({ headers }) => headers.host === url.host)).toBe(true);
});

test("a certificate that nobody vouches for gets nothing", async () => {
  const received: string[] = [];
  const server = createTlsServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (request, response) => {
    received.push(request.url ?? "");
    response.end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const sent = await postJson(
    new URL(`https://127.0.0.1:${port}/`),
    BODY,
    {},
    { timeoutMs: 5_000, waitsMs: [] },
    NEVER,
  );
  expect([sent.ok, received]).toEqual([false, []]);
});
