import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { chat, forwarded, linesOf, post, rowsOf } from "./asking.ts";

/** Streams in all; CORRAL_SOAK makes it longer. */
const STREAMS = Number(process.env["CORRAL_SOAK"] ?? 400);
const AT_ONCE = 40;
const PLACES = 10;

let upstream: Upstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream.url, { capacity: { concurrent: PLACES, queue: 1000, queueSeconds: 60 } });
}, 300_000);
afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});

type Fate = "stays" | "leaves" | "leaves-waiting" | "stalls" | "vanishes";
const FATES: readonly Fate[] = ["stays", "stays", "leaves", "leaves-waiting", "stalls", "vanishes"];
const ended: Record<string, number> = {};

async function client(number: number): Promise<void> {
  const fate = FATES[number % FATES.length] ?? "stays";
  ended[fate] = (ended[fate] ?? 0) + 1;
  const order = chat(`tokens=${10 + (number % 30)} delay=${1 + (number % 3)} pad=${number % 7 === 0 ? 20_000 : 10}`);
  if (fate === "vanishes") return vanish(JSON.stringify(order), number);
  const leaving = new AbortController();
  if (fate === "leaves-waiting") setTimeout(() => leaving.abort(), number % 20);
  try {
    const answer = await post(gateway, "/api/chat", order, { signal: leaving.signal });
    if (fate === "stalls") await pause(100);
    if (fate === "leaves") {
      const reader = answer.body?.getReader();
      for (let piece = 0; piece < number % 5; piece += 1) await reader?.read();
      leaving.abort();
      return;
    }
    const lines = linesOf(await answer.text());
    expect([answer.status, lines.at(-1)?.["done"], lines.length]).toEqual([200, true, 11 + (number % 30)]);
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
  }
}

/** A client whose connection breaks off without a word, in the middle of whatever it is at. */
function vanish(body: string, number: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
    const head = `POST /api/chat HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${gateway.keys["user"]?.secret ?? ""}\r\ncontent-length: ${body.length}\r\n\r\n`;
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
    socket.write((head + body).slice(0, number % 4 === 0 ? head.length + 5 : undefined));
    setTimeout(() => socket.resetAndDestroy(), number % 60);
  });
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

test("clients that leave, stall, vanish and come again cost no place, no row and no connection", async () => {
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < STREAMS) await client(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
  await expect.poll(async () => (await upstream.seen()).inFlight, { timeout: 20_000 }).toBe(0);
  expect((await upstream.seen()).mostInFlight).toBeLessThanOrEqual(PLACES + 1);
  const worked = (await forwarded(upstream)).length;
  // Every place is there: as many as there are work at once.
  await upstream.reset();
  await Promise.all(
    Array.from({ length: PLACES }, async () => (await post(gateway, "/api/chat", chat("tokens=20 delay=10"))).text()),
  );
  expect((await upstream.seen()).mostInFlight).toBeGreaterThanOrEqual(PLACES);
  const worker = (await readFile(`/proc/${gateway.process.pid}/task/${gateway.process.pid}/children`, "utf8")).trim();
  const status = await readFile(`/proc/${worker}/status`, "utf8");
  process.stdout.write(
    `soak: ${STREAMS} streams, ${JSON.stringify(ended)}, worker ${/VmRSS:\s+(\d+)/u.exec(status)?.[1]} kB\n`,
  );
  expect(await gateway.stop()).toBe(0);
  const rows = await rowsOf(gateway);
  expect(rows.length).toBeGreaterThanOrEqual(worked + PLACES);
  const whole = rows.filter(({ ended: how, status: code }) => how === "complete" && code === 200).length;
  expect(whole).toBeGreaterThanOrEqual((ended["stays"] ?? 0) + (ended["stalls"] ?? 0) + PLACES);
}, 300_000);
