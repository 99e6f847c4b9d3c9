import { readFile, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeAll, afterAll, beforeEach, expect, test } from "vitest";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { bearer, chat, forwarded, linesOf, post, raw } from "./asking.ts";

let upstream: Upstream;
const running: TestGateway[] = [];
beforeAll(async () => {
  upstream = await startUpstream();
}, 300_000);
afterAll(() => upstream.stop());
beforeEach(() => upstream.reset());
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.remove()));
});

async function started(config: object = {}, ...more: [] | [Parameters<typeof startGateway>[2]]): Promise<TestGateway> {
  const gateway = await startGateway(upstream.url, config, ...more);
  running.push(gateway);
  return gateway;
}

const LONG = chat("tokens=150 delay=10");

test("a stop lets streams end, takes nothing new, and ends with 0", async () => {
  const gateway = await started();
  const stream = await post(gateway, "/api/chat", LONG);
  const stopping = gateway.stop();
  await expect
    .poll(
      () =>
        fetch(gateway.url).then(
          () => "open",
          () => "closed",
        ),
      { timeout: 20_000 },
    )
    .toBe("closed");
  const lines = linesOf(await stream.text());
  expect(lines.at(-1)).toMatchObject({ done: true, eval_count: 150 });
  expect(await stopping).toBe(0);
});

test("another configuration takes hold while streams of the one before end whole; a bad one changes nothing", async () => {
  const gateway = await started();
  const stream = await post(gateway, "/api/chat", LONG);
  const config = { upstream: upstream.url, listen: { port: 0 }, operations: null, roles: { user: { allow: ["A"] } } };
  await gateway.configure(config);
  await gateway.until(/was read again/u);
  // A connection that was kept open is the old worker's for one more moment.
  await expect
    .poll(async () => (await post(gateway, "/api/chat", chat("tokens=1"))).status, { timeout: 10_000 })
    .toBe(403);
  expect(linesOf(await stream.text()).at(-1)).toMatchObject({ done: true, eval_count: 150 });
  const taken = createServer();
  await new Promise<void>((resolve) => {
    taken.listen(0, "127.0.0.1", resolve);
  });
  await gateway.configure({ ...config, listen: { port: (taken.address() as AddressInfo).port } });
  await gateway.until(/cannot listen: EADDRINUSE[^]*the configuration before stays/u);
  expect((await fetch(`${gateway.url}/api/tags`, { headers: bearer(gateway) })).status).toBe(200);
  taken.close();
  await writeFile(join(gateway.folder, "gateway.yaml"), "upstream: [\n");
  await gateway.until(/the configuration before stays: .*gateway\.yaml/u);
  expect((await fetch(`${gateway.url}/api/tags`, { headers: bearer(gateway) })).status).toBe(200);
});

test("while workers are replaced no connection is refused and no request lost", async () => {
  const gateway = await started({ workers: 2 });
  let isOver = false;
  const outcomes = new Map<string, number>();
  const ask = async (): Promise<void> => {
    while (!isOver) {
      const headers = { ...bearer(gateway), connection: "close" };
      const outcome = await fetch(`${gateway.url}/api/version`, { headers }).then(
        async (answer) => `${answer.status} ${(await answer.text()).length > 0}`,
        (error: unknown) => String((error as Error).cause),
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      // Workers that start need the processors, too.
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
  };
  const asking = Array.from({ length: 4 }, ask);
  for (let time = 0; time < 3; time += 1) {
    const before = gateway.said.split("was read again").length;
    gateway.process.kill("SIGHUP");
    await expect.poll(() => gateway.said.split("was read again").length, { timeout: 30_000 }).toBeGreaterThan(before);
  }
  isOver = true;
  await Promise.all(asking);
  expect([...outcomes.keys()]).toEqual(["200 true"]);
}, 120_000);

test("a worker that dies is followed by another", async () => {
  const gateway = await started();
  const { stdout } = await import("node:child_process").then(({ spawnSync }) =>
    spawnSync("ps", ["--ppid", String(gateway.process.pid), "-o", "pid="], { encoding: "utf8" }),
  );
  process.kill(Number(stdout.trim()), "SIGKILL");
  await gateway.until(/another is started/u);
  await expect
    .poll(
      () =>
        fetch(`${gateway.url}/api/tags`, { headers: bearer(gateway) }).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 10_000 },
    )
    .toBe(200);
});

test("an upstream that is gone: 502 in the words of the family, nothing charged, and it may come back", async () => {
  const gone = await startUpstream();
  const gateway = await startGateway(gone.url);
  running.push(gateway);
  await gone.stop();
  const native = await post(gateway, "/api/version", "");
  expect(native.status).toBe(405);
  const version = await fetch(`${gateway.url}/api/version`, { headers: bearer(gateway) });
  expect([version.status, await version.json()]).toEqual([502, { error: "the model server cannot be reached" }]);
  const openai = await fetch(`${gateway.url}/v1/models`, { headers: bearer(gateway) });
  expect([openai.status, await openai.json()]).toMatchObject([502, { error: { code: "upstream_unreachable" } }]);
});

const ask = (head: string, body = ""): string => `POST /api/chat HTTP/1.1\r\n${head}\r\n\r\n${body}`;
const BODY = JSON.stringify(chat("tokens=1"));
const framing = (key: string): readonly (readonly [string, string])[] => {
  const auth = `authorization: Bearer ${key}`;
  return [
    ["two Authorization headers", ask(`host: a\r\n${auth}\r\n${auth}\r\ncontent-length: ${BODY.length}`, BODY)],
    ["two Host headers", ask(`host: a\r\nhost: b\r\n${auth}\r\ncontent-length: ${BODY.length}`, BODY)],
    ["no Host header", ask(`${auth}\r\ncontent-length: ${BODY.length}`, BODY)],
    ["length and chunks", ask(`host: a\r\n${auth}\r\ncontent-length: 3\r\ntransfer-encoding: chunked`, "0\r\n\r\n")],
    ["two lengths", ask(`host: a\r\n${auth}\r\ncontent-length: 3\r\ncontent-length: 4`, "abcd")],
    ["unknown transfer coding", ask(`host: a\r\n${auth}\r\ntransfer-encoding: xchunked`, "abcd")],
    ["folded header", ask(`host: a\r\n${auth}\r\nx-a: b\r\n c\r\ncontent-length: ${BODY.length}`, BODY)],
    ["space before colon", ask(`host: a\r\n${auth}\r\ncontent-length : ${BODY.length}`, BODY)],
    ["bare line feed", `POST /api/chat HTTP/1.1\nhost: a\n${auth}\ncontent-length: ${BODY.length}\n\n${BODY}`],
    [
      "whole URL as target",
      `POST http://x/api/chat HTTP/1.1\r\nhost: a\r\n${auth}\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
    ],
    ["an encoded body", ask(`host: a\r\n${auth}\r\ncontent-encoding: gzip\r\ncontent-length: ${BODY.length}`, BODY)],
  ];
};

test("requests that could be read in two ways are refused, and the upstream sees nothing of them", async () => {
  const gateway = await started();
  const answers: Record<string, string> = {};
  for (const [name, text] of framing(gateway.keys["user"]?.secret ?? ""))
    answers[name] = (await raw(gateway, text)).slice(9, 12);
  expect(answers).toEqual({
    "two Authorization headers": "400",
    "two Host headers": "400",
    "no Host header": "400",
    "length and chunks": "400",
    "two lengths": "400",
    "unknown transfer coding": "400",
    "folded header": "400",
    "space before colon": "400",
    "bare line feed": "400",
    "whole URL as target": "400",
    "an encoded body": "415",
  });
  expect(await forwarded(upstream)).toEqual([]);
});

test("of a client's headers the upstream sees those that it needs, framing once, its own host", async () => {
  const gateway = await started();
  const headers = {
    "x-api-key": gateway.keys["user"]?.secret ?? "",
    cookie: "a=b",
    origin: "https://evil.example",
    "sec-fetch-mode": "cors",
    "x-forwarded-for": "192.0.2.9",
    "x-forwarded-user": "root",
    X_Forwarded_User: "root",
    "x-http-method-override": "DELETE",
    forwarded: "for=192.0.2.9",
    "x-corral-role": "admin",
    "content-type": "application/json",
  };
  const answer = await fetch(`${gateway.url}/api/chat`, { method: "POST", headers, body: BODY });
  expect(answer.status).toBe(200);
  await answer.text();
  const [, ...lines] = (await forwarded(upstream))[0]?.head ?? [];
  const names = lines
    .map((line) => line.split(":")[0]?.toLowerCase() ?? "")
    .toSorted((one, other) => (one < other ? -1 : 1));
  expect(names).toEqual(["accept", "accept-language", "content-length", "content-type", "host", "user-agent"]);
  expect(lines.find((line) => line.toLowerCase().startsWith("host:"))).toBe(`host: ${new URL(upstream.url).host}`);
});

test("a body of 8 MiB and more: what a role may send passes, more is refused unread", async () => {
  const gateway = await started();
  const image = "A".repeat(7 * 1024 * 1024);
  const body = { model: "llama3", messages: [{ role: "user", content: "tokens=1", images: [image] }] };
  expect((await post(gateway, "/api/chat", body)).status).toBe(200);
  expect((await forwarded(upstream))[0]?.bodyBytes).toBe(JSON.stringify(body).length);
  const auth = `authorization: Bearer ${gateway.keys["user"]?.secret ?? ""}`;
  expect(await raw(gateway, ask(`host: a\r\n${auth}\r\ncontent-length: 9000000`))).toMatch(/^HTTP\/1\.1 413 /u);
  expect(await raw(gateway, ask(`host: a\r\n${auth}\r\nexpect: 100-continue\r\ncontent-length: 9000000`))).toMatch(
    /^HTTP\/1\.1 413 /u,
  );
  const delayed = await raw(
    gateway,
    ask(`host: a\r\nauthorization: Bearer x\r\nexpect: 100-continue\r\ncontent-length: 10`),
  );
  expect(delayed).toMatch(/^HTTP\/1\.1 401 /u);
  expect(
    await raw(gateway, ask(`host: a\r\n${auth}\r\nexpect: 100-continue\r\ncontent-length: ${BODY.length}`)),
  ).toMatch(/^HTTP\/1\.1 100 Continue/u);
});

test("who may change models uploads blobs of any size as they come; others not", async () => {
  const gateway = await started(
    { roles: { user: { allow: ["A", "B"] }, admin: { allow: ["A", "B", "C", "D"] } } },
    { user: {}, admin: { role: "admin" } },
  );
  const digest = `sha256:${"0".repeat(64)}`;
  const bytes = "x".repeat(20 * 1024 * 1024);
  expect((await post(gateway, `/api/blobs/${digest}`, bytes)).status).toBe(403);
  expect(await forwarded(upstream)).toEqual([]);
  const answer = await post(gateway, `/api/blobs/${digest}`, bytes, { key: "admin" });
  expect((await forwarded(upstream))[0]).toMatchObject({ route: "blob", bodyBytes: bytes.length });
  expect(answer.status).toBe((await forwarded(upstream))[0]?.status);
});

test("a key in the path serves clients that can send no header, where the configuration allows it", async () => {
  const closed = await started();
  const key = (gateway: TestGateway): string => gateway.keys["user"]?.secret ?? "";
  expect((await fetch(`${closed.url}/k/${key(closed)}/api/tags`)).status).toBe(401);
  const open = await started({ access: { pathToken: true } });
  expect((await fetch(`${open.url}/k/${key(open)}/api/tags`)).status).toBe(200);
  expect((await forwarded(upstream)).map(({ target }) => target)).toContain("/api/tags");
});

test("TLS of its own: a client that trusts the authority connects, one that does not does not", async () => {
  const gateway = await started({ listen: { port: 0, tls: "local-ca" } });
  expect(gateway.url).toMatch(/^https:/u);
  const [, authority = ""] = await gateway.until(/Copy (\S+) to each client/u);
  const ca = await readFile(authority);
  const asked = (options: object): Promise<number | string> =>
    new Promise((resolve) => {
      const url = `${gateway.url.replace("127.0.0.1", "localhost")}/api/version`;
      const request = get(url, { family: 4, headers: bearer(gateway), ...options }, (answer) =>
        resolve(answer.resume().statusCode ?? 0),
      );
      request.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  expect(await asked({ ca })).toBe(200);
  expect(await asked({})).toBe("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  expect(await asked({ ca, maxVersion: "TLSv1.1", minVersion: "TLSv1" })).not.toBe(200);
});

test("a stub whose name does not tell is not seen in any list and not used, also when it came a moment ago behind the gateway's back", async () => {
  const gateway = await started();
  const listed = async (path: string): Promise<string> =>
    (await fetch(gateway.url + path, { headers: bearer(gateway) })).text();
  expect(await listed("/api/tags")).not.toContain("quiet-stub");
  expect(await listed("/v1/models")).not.toContain("quiet-stub");
  expect((await post(gateway, "/api/chat", chat("tokens=1", { model: "quiet-stub" }))).status).toBe(403);
  await upstream.stock([{ name: "innocent:latest", remoteHost: "https://ollama.com", remoteModel: "other" }]);
  expect((await post(gateway, "/api/chat", chat("tokens=1", { model: "innocent" }))).status).toBe(403);
  expect((await forwarded(upstream)).map(({ route }) => route)).not.toContain("chat");
});
