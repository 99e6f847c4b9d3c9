import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RecordRow } from "../../../src/gateway/record/record-row.ts";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { PROXIES } from "./proxies.ts";
import type { Proxy } from "./proxies.ts";
import { askHttp2, askProxy, sendRaw } from "./proxy-client.ts";

const CONFIG = { listen: { port: 0, behind: ["127.0.0.1/32"] }, access: { pathToken: true } };
const KEYS = { user: {}, near: { addresses: ["127.0.0.1/32"] }, far: { addresses: ["192.0.2.0/24"] } };

/** A chat whose answer is a stream of so many tokens, so many milliseconds apart. */
function chat(order: string): string {
  return JSON.stringify({ model: "llama3", messages: [{ role: "user", content: order }] });
}

describe.each(["nginx", "caddy"] as const)("%s in front of the gateway", (name) => {
  let upstream: Upstream;
  let gateway: TestGateway;
  let proxy: Proxy;
  const bearer = (key = "user"): Record<string, string> => ({
    authorization: `Bearer ${gateway.keys[key]?.secret ?? ""}`,
  });

  beforeAll(async () => {
    upstream = await startUpstream();
    gateway = await startGateway(upstream.url, CONFIG, KEYS);
    proxy = await PROXIES[name](new URL(gateway.url));
  }, 300_000);

  afterAll(async () => {
    await proxy.stop();
    await gateway.remove();
    await upstream.stop();
  });

  beforeEach(() => upstream.reset());

  /** The row of the last request that the record holds. */
  async function lastRow(): Promise<RecordRow | undefined> {
    const folder = join(gateway.state, "audit");
    const files = (await readdir(folder)).toSorted();
    const lines = (await readFile(join(folder, files.at(-1) ?? ""), "utf8")).split("\n");
    const line = lines.findLast((one) => one.includes('","at":"'));
    return line === undefined ? undefined : (JSON.parse(line) as RecordRow);
  }

  /** The last row, once it is as told. */
  async function row(as: Partial<RecordRow>): Promise<RecordRow> {
    for (;;) {
      const last = await lastRow();
      const isIt = Object.entries(as).every(([field, value]) => last?.[field as keyof RecordRow] === value);
      if (last !== undefined && isIt) return last;
      await wait(20);
    }
  }

  test("a stream comes piece by piece as it is made, none put together, none cut", async () => {
    const told = await askProxy(proxy, { path: "/api/chat", headers: bearer(), body: chat("tokens=6 delay=80") });
    expect(told.status).toBe(200);
    expect(told.text.trimEnd().split("\n")).toHaveLength(7);
    // What holds a stream back gives one read; a busy machine may join two.
    expect(told.reads.length).toBeGreaterThan(3);
    expect(told.reads.filter((read) => !read.endsWith("}\n"))).toEqual([]);
    expect(told.headers["content-type"]).toBe("application/x-ndjson");
    expect(told.headers["content-encoding"]).toBeUndefined();
  });

  test("the same over HTTP/2", async () => {
    const told = await askHttp2(proxy, { path: "/api/chat", headers: bearer(), body: chat("tokens=6 delay=80") });
    expect(told.status).toBe(200);
    expect(told.text.trimEnd().split("\n")).toHaveLength(7);
    expect(told.reads.length).toBeGreaterThan(3);
  });

  test("events of the OpenAI routes come one by one, too", async () => {
    const body = JSON.stringify({ ...(JSON.parse(chat("tokens=5 delay=80")) as object), stream: true });
    const told = await askProxy(proxy, { path: "/v1/chat/completions", headers: bearer(), body });
    expect(told.reads.length).toBeGreaterThan(2);
    expect(told.text.trimEnd()).toMatch(/data: \[DONE\]$/u);
  });

  test.for([
    ["HTTP/1.1", askProxy],
    ["HTTP/2", askHttp2],
  ] as const)("a client of %s that leaves is gone for the model server, too", async ([, ask]) => {
    await ask(proxy, { path: "/api/chat", headers: bearer(), body: chat("tokens=1000 delay=20") }, () => false);
    while ((await upstream.seen()).cancelled === 0) await wait(10);
    expect((await upstream.seen()).requests[0]).toMatchObject({ cancelled: true });
    expect((await upstream.seen()).requests[0]?.sent).toBeLessThan(1000);
    expect(await row({ path: "/api/chat", ended: "client-left" })).toMatchObject({ counted: "estimate" });
  });

  test("the record knows the client's address, and nobody can put another in its place", async () => {
    const forged = {
      "x-forwarded-for": "192.0.2.9",
      forwarded: "for=192.0.2.9",
      "x-real-ip": "192.0.2.9",
    };
    const asked = await askProxy(proxy, {
      method: "GET",
      path: "/api/tags",
      headers: { ...forged, ...bearer("near") },
    });
    expect(asked.status).toBe(200);
    expect(await row({ path: "/api/tags" })).toMatchObject({ address: "127.0.0.1", decision: "allowed" });
    const far = await askProxy(proxy, { method: "GET", path: "/api/ps", headers: { ...forged, ...bearer("far") } });
    expect(far.status).toBe(401);
    expect(await row({ path: "/api/ps" })).toMatchObject({ address: "127.0.0.1", decision: "denied" });
  });

  test.for([
    "/api//pull",
    "//api/pull",
    "/api/./pull",
    "/api/chat/../pull",
    "/api/%70ull",
    "/api%2Fpull",
    "/api/pull/",
    "/api/chat%2f..%2fpull",
    "/api/pull%00",
    "/API/pull",
    "/api/chat;/../pull",
  ])("%s is refused and the model server sees nothing", async (path) => {
    const answer = await sendRaw(
      proxy,
      `POST ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${bearer()["authorization"]}\r\ncontent-length: 18\r\nconnection: close\r\n\r\n{"model":"llama3"}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 40[034] /u);
    expect((await upstream.seen()).total).toBe(0);
  });

  test.for([
    ["two keys", (key: string) => `authorization: ${key}\r\nauthorization: Bearer x\r\n`],
    ["two different lengths", (key: string) => `authorization: ${key}\r\ncontent-length: 18\r\ncontent-length: 3\r\n`],
    [
      "a length beside chunks",
      (key: string) => `authorization: ${key}\r\ntransfer-encoding: xchunked\r\ncontent-length: 18\r\n`,
    ],
    ["no key", () => ""],
  ] as const)("%s: refused, and the model server sees nothing", async ([, head]) => {
    const lines = head(bearer()["authorization"] ?? "");
    const length = lines.includes("content-length") ? "" : "content-length: 18\r\n";
    const answer = await sendRaw(
      proxy,
      `POST /api/chat HTTP/1.1\r\nhost: localhost\r\n${lines}${length}connection: close\r\n\r\n{"model":"llama3"}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|401|501) /u);
    expect((await upstream.seen()).total).toBe(0);
  });

  test("a body too large is refused by the gateway, in its words", async () => {
    const body = Buffer.alloc(9 * 1024 * 1024, 32);
    const told = await askProxy(proxy, { path: "/api/chat", headers: bearer(), body }).catch(() => null);
    // The proxy may see the connection close before it has sent all of it.
    expect([413, 502, undefined]).toContain(told?.status);
    expect((await upstream.seen()).total).toBe(0);
    expect(await row({ path: "/api/chat", status: 413 })).toMatchObject({ decision: "denied" });
  });

  test("a key in a path is in no log, not even when the gateway is down", async () => {
    const secret = gateway.keys["user"]?.secret ?? "";
    const path = `/k/${secret}/api/tags`;
    expect((await askProxy(proxy, { method: "GET", path })).status).toBe(200);
    expect(await row({ path: "/api/tags" })).toMatchObject({ key: gateway.keys["user"]?.id });
    const other = await PROXIES[name](new URL("http://127.0.0.1:9"));
    try {
      expect((await askProxy(other, { method: "GET", path })).status).toBe(502);
      expect(await other.written()).not.toContain(secret);
    } finally {
      await other.stop();
    }
    expect(await proxy.written()).not.toContain(secret);
    expect(gateway.said).not.toContain(secret);
  });
});
