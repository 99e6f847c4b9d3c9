import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { bearer, chat, forwarded, post } from "./asking.ts";

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

async function started(url: string, config: object = {}): Promise<TestGateway> {
  const gateway = await startGateway(url, config);
  running.push(gateway);
  return gateway;
}

/** Waits until the upstream has seen something and sees nothing more. */
async function untilQuiet(): Promise<number> {
  let count = -1;
  for (let tried = 0; tried < 200; tried += 1) {
    const seen = (await forwarded(upstream)).length;
    if (seen > 0 && seen === count) return seen;
    count = seen;
    await sleep(400);
  }
  throw new Error("the upstream is asked without end");
}

test("a client that reads none of its answers holds no place", async () => {
  const limits = { perKey: { concurrent: 1 } };
  const gateway = await started(upstream.url, {
    capacity: { concurrent: 1, queue: 8, queueSeconds: 30 },
    roles: { user: { allow: ["A", "B"], limits } },
  });
  const body = JSON.stringify(chat("tokens=4 pad=8000", { stream: false }));
  const { authorization = "" } = bearer(gateway);
  const head = `POST /api/chat HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const asked = 1500;
  const greedy = connect(Number(new URL(gateway.url).port), "127.0.0.1").on("error", () => undefined);
  greedy.pause();
  greedy.write((head + body).repeat(asked));
  const served = await untilQuiet();
  // It is the client that holds things up: most of what it asked for waits.
  expect(served).toBeLessThan(asked);
  const answer = await post(gateway, "/api/chat", chat("tokens=2", { stream: false }));
  expect([answer.status, ((await answer.json()) as { eval_count: number }).eval_count]).toEqual([200, 2]);
  greedy.destroy();
});

test("while the model server is away, a model is not called forbidden", async () => {
  const gateway = await started("http://127.0.0.1:9");
  const answer = await post(gateway, "/api/chat", chat("tokens=2"));
  expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining("does not tell its models")]);
});
