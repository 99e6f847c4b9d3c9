import { createHash, generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openKeyStore } from "../../src/gateway/keys/key-store.io.ts";
import { startGateway } from "./gateway.ts";
import type { TestGateway } from "./gateway.ts";
import { forwarded } from "./serve/asking.ts";
import { startUpstream } from "./upstream.ts";
import type { Upstream } from "./upstream.ts";

let upstream: Upstream;
let gateway: TestGateway | null = null;
beforeAll(async () => {
  upstream = await startUpstream();
}, 300_000);
afterEach(async () => {
  await gateway?.remove();
  await upstream.reset();
});
afterAll(() => upstream.stop());

const PAST = Date.UTC(2026, 0, 1);
const CHAT = JSON.stringify({ model: "llama3", messages: [{ role: "user", content: "tokens=1" }], stream: false });

async function ask(url: string, headers: Record<string, string>, path = "/api/chat"): Promise<Response> {
  return fetch(url + path, { method: "POST", headers, body: CHAT });
}

const basic = (secret: string): string => `Basic ${Buffer.from(`ann:${secret}`).toString("base64")}`;

test("case 35: on the wire, too, one answer for whatever is wrong; nothing reaches the upstream or the log", async () => {
  gateway = await startGateway(
    upstream.url,
    { access: { guesses: { perMinute: 1000 } } },
    {
      good: {},
      gone: {},
      old: { expiresAt: PAST },
      far: { addresses: ["192.0.2.0/24"] },
    },
  );
  const { url, keys, state } = gateway;
  using store = await openKeyStore(state);
  store.revoke(keys["gone"]?.id ?? "", PAST);
  const wrong: Record<string, Record<string, string>> = {
    nothing: {},
    unknown: { authorization: "Bearer corral_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
    revoked: { authorization: `Bearer ${keys["gone"]?.secret ?? ""}` },
    expired: { "x-api-key": keys["old"]?.secret ?? "" },
    elsewhere: { authorization: basic(keys["far"]?.secret ?? "") },
    quote: { authorization: `Bearer ${keys["good"]?.secret ?? ""}'--` },
    words: { authorization: "Bearer null" },
    empty: { authorization: "Bearer " },
    signature: { authorization: `${"A".repeat(68)}:${"B".repeat(86)}==` },
    twin: { x_api_key: keys["good"]?.secret ?? "", "x-corral-key": keys["good"]?.secret ?? "" },
  };
  await gateway.until(/listening/u);
  // The revocation is a second old at most when it holds.
  await new Promise((resolve) => {
    setTimeout(resolve, 1500);
  });
  const answers = new Set<string>();
  for (const headers of Object.values(wrong)) {
    const response = await ask(url, headers);
    const rest = [...response.headers].filter(([name]) => name !== "date");
    answers.add(JSON.stringify([response.status, rest, await response.text()]));
  }
  expect([...answers].map((text) => (JSON.parse(text) as unknown[])[0])).toEqual([401]);
  expect(await forwarded(upstream)).toEqual([]);
  expect(gateway.said).toMatch(/authentication failed from 127\.0\.0\.1 \(revoked-key\)/u);
  for (const { secret } of Object.values(keys)) expect(gateway.said).not.toContain(secret.slice(7));
  expect((await ask(url, { authorization: basic(keys["good"]?.secret ?? "") })).status).toBe(200);
});

test("a running gateway knows a new key, and a revoked one, soon", async () => {
  gateway = await startGateway(upstream.url);
  const { url, state } = gateway;
  using store = await openKeyStore(state);
  const { row, secret } = store.add(
    { name: "new", owner: "t", role: "user", expiresAt: null, addresses: null },
    Date.now(),
  );
  const status = async (): Promise<number> => (await ask(url, { authorization: `Bearer ${secret}` })).status;
  await expect.poll(status, { timeout: 10_000 }).toBe(200);
  store.revoke(row.id, Date.now());
  await expect.poll(status, { timeout: 10_000 }).toBe(401);
});

test("guessing is answered 429 with Retry-After, unheard, and written for fail2ban", async () => {
  gateway = await startGateway(upstream.url, { access: { guesses: { perMinute: 4 } } });
  const statuses: number[] = [];
  for (let at = 0; at < 5; at += 1) statuses.push((await ask(gateway.url, { authorization: "Bearer guess" })).status);
  expect(statuses).toEqual([401, 401, 401, 401, 429]);
  const good = await ask(gateway.url, { authorization: `Bearer ${gateway.keys["user"]?.secret ?? ""}` });
  expect([good.status, Number(good.headers.get("retry-after"))]).toEqual([429, expect.closeTo(14, -1)]);
  await gateway.until(/\(braked\)[^]*\(braked\)/u);
  const lines = gateway.said.split("\n").filter((line) => line.includes("authentication failed"));
  expect(lines.length).toBe(6);
  expect(lines[0]).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]{12}Z corral gateway: authentication failed from 127\.0\.0\.1 \(unknown-key\)$/u,
  );
});

interface Pair {
  readonly privateKey: KeyObject;
  readonly text: string;
}

/** An ed25519 key and its public half as ssh writes it. */
function sshPair(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const head = Buffer.from("0000000b7373682d6564323535313900000020", "hex");
  return { privateKey, text: Buffer.concat([head, raw]).toString("base64") };
}

describe("Ollama's signature", () => {
  const signed = (
    { privateKey, text }: Pair,
    method: string,
    path: string,
    seconds: number,
  ): Record<string, string> => ({
    authorization: `${text}:${sign(null, Buffer.from(`${method},${path}?ts=${seconds}`), privateKey).toString("base64")}`,
  });

  test("serves the endpoints of its line, never a route that manages, and the upstream sees no ts", async () => {
    const [bob, eve] = [sshPair(), sshPair()];
    const access = { signatures: { authorizedKeys: "authorized_keys", role: "user" } };
    const roles = { user: { allow: ["A", "B", "C", "D"] } };
    // The file must be there before the gateway begins: it is started twice, first without it.
    gateway = await startGateway(upstream.url, { roles });
    writeFileSync(join(gateway.folder, "authorized_keys"), `ssh-ed25519 ${bob.text} bob /api/chat,/api/delete\n`);
    await gateway.configure({ upstream: upstream.url, listen: { port: 0 }, operations: null, roles, access });
    await gateway.stop();
    const folder = gateway;
    gateway = await folder.again();
    const { url } = gateway;
    const now = Math.floor(Date.now() / 1000);
    const status = async (headers: Record<string, string>, path: string): Promise<number> =>
      (await ask(url, headers, `${path}?ts=${now}`)).status;
    expect(await status(signed(bob, "POST", "/api/chat", now), "/api/chat")).toBe(200);
    expect(await status(signed(bob, "POST", "/api/generate", now), "/api/generate")).toBe(403);
    expect(await status(signed(eve, "POST", "/api/chat", now), "/api/chat")).toBe(401);
    const deletion = {
      method: "DELETE",
      headers: signed(bob, "DELETE", "/api/delete", now),
      body: `{"model":"llama3"}`,
    };
    expect((await fetch(`${url}/api/delete?ts=${now}`, deletion)).status).toBe(403);
    const seen = await forwarded(upstream);
    expect(seen.map(({ target }) => target)).toEqual(["/api/chat"]);
    expect(seen.flatMap(({ head }) => head).join("\n")).not.toMatch(/authorization/iu);
  });

  test("what one worker took, no other takes again", async () => {
    const bob = sshPair();
    const access = { signatures: { authorizedKeys: "authorized_keys", role: "user" } };
    const first = await startGateway(upstream.url);
    gateway = first;
    writeFileSync(join(first.folder, "authorized_keys"), `ssh-ed25519 ${bob.text} bob *\n`);
    const listen = { port: 0 };
    await first.configure({
      upstream: upstream.url,
      listen,
      operations: null,
      workers: 2,
      roles: { user: {} },
      access,
    });
    await first.stop();
    gateway = await first.again();
    const now = Math.floor(Date.now() / 1000);
    const headers = { ...signed(bob, "POST", "/api/chat", now), connection: "close" };
    const { url } = gateway;
    const status = async (): Promise<number> => (await ask(url, headers, `/api/chat?ts=${now}`)).status;
    expect(await status()).toBe(200);
    // Longer than the same client may repeat itself.
    await new Promise((resolve) => {
      setTimeout(resolve, 2200);
    });
    const later = await Promise.all(Array.from({ length: 12 }, status));
    expect(new Set(later)).toEqual(new Set([401]));
  });

  test("a line that would let everybody in stops the gateway from starting", async () => {
    gateway = await startGateway(upstream.url);
    const access = { signatures: { authorizedKeys: "authorized_keys", role: "user" } };
    writeFileSync(join(gateway.folder, "authorized_keys"), "* * * /api/tags\n");
    await gateway.configure({
      upstream: upstream.url,
      listen: { port: 0 },
      operations: null,
      roles: { user: {} },
      access,
    });
    await gateway.stop();
    await expect(gateway.again()).rejects.toThrow("a wildcard would let in whoever comes");
  });
});

test("the digest of a key is what is kept, nowhere the key", async () => {
  gateway = await startGateway(upstream.url);
  const secret = gateway.keys["user"]?.secret ?? "";
  using store = await openKeyStore(gateway.state);
  expect(store.rows().map(({ hash }) => hash)).toEqual([createHash("sha256").update(secret).digest("hex")]);
});

test("who guesses meets one brake, however many workers there are, and one that begins later knows of it", async () => {
  gateway = await startGateway(upstream.url, { workers: 4, access: { guesses: { perMinute: 1 } } });
  const { url, keys } = gateway;
  const guess = async (): Promise<number> =>
    // A connection each: the system gives them to the workers as it likes.
    (await ask(url, { authorization: "Bearer corral_wrong", connection: "close" })).status;
  // Each worker may hear one before it is told of the others': at once, so that it takes minutes to wear off.
  const first = await Promise.all(Array.from({ length: 24 }, guess));
  const heard = first.filter((status) => status === 401).length;
  expect(heard).toBeGreaterThanOrEqual(1);
  expect(heard).toBeLessThanOrEqual(4);
  const later = await Promise.all(Array.from({ length: 24 }, guess));
  expect(new Set(later)).toEqual(new Set([429]));
  const good = { authorization: `Bearer ${keys["user"]?.secret ?? ""}`, connection: "close" };
  expect((await ask(url, good)).status).toBe(429);

  const { pid = 0 } = gateway.process;
  const workers = (): readonly string[] => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  const before = workers();
  for (const worker of before) process.kill(Number(worker), "SIGKILL");
  const isAnew = (): boolean => workers().length === 4 && workers().every((worker) => !before.includes(worker));
  const again = async (): Promise<number> => guess().catch(() => 0);
  let status = 0;
  while (!isAnew() || status === 0) status = await again();
  expect(status).toBe(429);
});
