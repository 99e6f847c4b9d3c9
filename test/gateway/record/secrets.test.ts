import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditPublicKeyPath, readAuditPublicKey } from "../../../src/gateway/record/audit-key.io.ts";
import { makeOperationsToken } from "../../../src/gateway/record/operations-token.io.ts";
import { verifyTrail } from "../../../src/gateway/record/verify-command.io.ts";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { freePort } from "../../support/free-port.ts";

const PROMPT = "zebra-umbrella-kiosk";
const ANSWER = "lighthouse";
let upstream: Upstream;
let gateway: TestGateway;
let token = "";
let operations = 0;

beforeAll(async () => {
  upstream = await startUpstream();
  operations = await freePort();
  const first = await startGateway(upstream.url);
  await first.stop();
  token = (await makeOperationsToken(first.state)) ?? "";
  await first.configure({
    upstream: upstream.url,
    listen: { port: 0 },
    operations: { address: "127.0.0.1", port: operations },
    access: { pathToken: true },
    roles: { user: { allow: ["A", "B"] } },
  });
  gateway = await first.again();
}, 300_000);

afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});

/** Every file of the gateway's folder with its bytes. */
async function everything(): Promise<ReadonlyMap<string, Buffer>> {
  const names = await readdir(gateway.folder, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return new Map(await Promise.all(files.map(async (path) => [path, await readFile(path)] as const)));
}

test("keys, tokens, prompts and answers are in no file, no metric, no message and no line on stderr", async () => {
  const secret = gateway.keys["user"]?.secret ?? "";
  const wrong = "corral_wrongwrongwrongwrongwrongwrongwrongwrong";
  const bearer = { authorization: `Bearer ${secret}` };
  const messages = [{ role: "user", content: `${PROMPT} tokens=3 say=${ANSWER}` }];
  const ask = async (path: string, headers: Record<string, string>, body: object | string): Promise<string> => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await fetch(`${gateway.url}${path}`, { method: "POST", headers, body: text });
    return answer.text();
  };
  expect(await ask("/api/chat", bearer, { model: "llama3", messages })).toContain(ANSWER);
  expect(await ask(`/k/${secret}/v1/chat/completions`, {}, { model: "llama3", messages })).toContain(ANSWER);
  expect(await ask("/v1/messages", { "x-api-key": secret }, { model: "llama3", messages, max_tokens: 9 })).toContain(
    ANSWER,
  );
  const refused = [
    await ask("/api/chat", { authorization: `Bearer ${wrong}` }, { model: "llama3", messages }),
    await ask(`/k/${wrong}/api/chat`, {}, { model: "llama3", messages }),
    await ask(
      `/api/chat?key=${secret}`,
      { authorization: `Basic ${btoa(`x:${wrong}`)}` },
      { model: "llama3", messages },
    ),
    await ask("/api/chat", bearer, `{"model":"llama3","messages":[{"content":"${PROMPT}"`),
    await ask("/api/pull", bearer, { model: "other", note: PROMPT }),
    await ask(`/${secret}/%2e`, bearer, {}),
    await ask(`/${secret}/api/chat`, {}, { model: "llama3", messages }),
  ];
  for (const text of refused) for (const hidden of [secret, wrong]) expect(text).not.toContain(hidden);
  const metrics = await fetch(`http://127.0.0.1:${operations}/metrics`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const page = await metrics.text();
  expect(page).toContain("corral_gateway_requests_total");
  await gateway.stop();
  const found = new Map([
    ...(await everything()),
    ["stderr", Buffer.from(gateway.said)],
    ["metrics", Buffer.from(page)],
  ]);
  expect([...found.keys()].some((name) => name.includes("audit-2"))).toBe(true);
  const told = [...found].flatMap(([name, bytes]) =>
    [secret, wrong, token, PROMPT, ANSWER]
      .filter((hidden) => bytes.includes(hidden))
      .map((hidden) => `${hidden} in ${name}`),
  );
  expect(told).toEqual([]);
});

test("the trail of that run is whole and signed, and holds a row for each request", async () => {
  const key = await readAuditPublicKey(auditPublicKeyPath(gateway.state));
  expect(await verifyTrail(gateway.state, key, [])).toMatchObject({ findings: [], rows: 10, unsigned: 0 });
});
