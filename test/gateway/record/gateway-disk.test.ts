import { execFileSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditPublicKeyPath, readAuditPublicKey } from "../../../src/gateway/record/audit-key.io.ts";
import type { RecordRow } from "../../../src/gateway/record/record-row.ts";
import { verifyTrail } from "../../../src/gateway/record/verify-command.io.ts";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";

let upstream: Upstream;
let gateway: TestGateway;

beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream.url, { workers: 2 });
}, 300_000);

afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});

async function ask(): Promise<number> {
  const answer = await fetch(`${gateway.url}/api/chat`, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.keys["user"]?.secret}` },
    body: JSON.stringify({ model: "llama3", messages: [{ role: "user", content: "tokens=2" }] }),
  });
  await answer.text();
  return answer.status;
}

/** Requests until one has this status; gives how many there were. */
async function askUntil(status: number): Promise<number> {
  for (let asked = 1; ; asked += 1) {
    if ((await ask()) === status) return asked;
    await wait(20);
  }
}

/** No file of the supervisor may grow beyond this; running processes take it at once. */
function limitFiles(bytes: string): void {
  execFileSync("prlimit", ["--pid", String(gateway.process.pid), `--fsize=${bytes}:unlimited`]);
}

async function rows(): Promise<readonly RecordRow[]> {
  const folder = join(gateway.state, "audit");
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")));
  const lines = texts.flatMap((text) => text.split("\n")).filter((line) => line.includes('","at":"'));
  return lines.map((line) => JSON.parse(line) as RecordRow);
}

test("when nothing can be written nothing is let through, and when it can again no row is missing", async () => {
  let asked = await askUntil(200);
  limitFiles("100");
  asked += await askUntil(503);
  // What was let through before the disk was known to be full is over.
  await wait(200);
  const chatsSeen = async (): Promise<number> =>
    (await upstream.seen()).requests.filter(({ path }) => path === "/api/chat").length;
  const before = await chatsSeen();
  for (let more = 0; more < 40; more += 1) {
    expect(await ask()).toBe(503);
    asked += 1;
  }
  expect(await chatsSeen()).toBe(before);
  limitFiles("unlimited");
  asked += await askUntil(200);
  await gateway.stop();
  const chats = await chatsSeen();
  const key = await readAuditPublicKey(auditPublicKeyPath(gateway.state));
  expect(await verifyTrail(gateway.state, key, [])).toMatchObject({ findings: [], rows: asked, unsigned: 0 });
  const kept = await rows();
  expect(kept.filter(({ decision }) => decision !== "denied")).toHaveLength(chats);
  expect(chats).toBeGreaterThanOrEqual(2);
  expect(kept.filter(({ status }) => status === 503).length).toBeGreaterThanOrEqual(40);
  expect(gateway.said).toMatch(/record cannot be kept, nothing is let through/u);
  expect(gateway.said).toMatch(/record can be kept again/u);
});
