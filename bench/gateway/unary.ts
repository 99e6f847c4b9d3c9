import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { AnswerReader } from "./http-answer.ts";
import { LOAD_CORE, cpuSeconds } from "./pinned.ts";
import type { Proxy } from "./proxies.ts";
import { chatRequest, dial, type Door } from "./stream-client.ts";

const run = promisify(execFile);
const BODY_BYTES = 280;
const CONNECTIONS = 64;

/** A question of 280 bytes, as clients of Ollama ask it. */
function unaryBody(): string {
  const start = '{"model":"llama3:latest","messages":[{"role":"user","content":"';
  const end = '"}],"stream":false,"options":{"num_ctx":4096,"num_predict":128,"temperature":0.5},"keep_alive":"5m"}';
  return start + "why is the sky blue? ".repeat(20).slice(0, BODY_BYTES - start.length - end.length) + end;
}

/** What 64 busy connections got through a proxy. */
export interface Throughput {
  /** Answers of 200 alone. */
  readonly perSecond: number;
  /** Processor of all the proxy's processes. */
  readonly microsPerRequest: number;
  /** How busy the proxy's core was with it. */
  readonly busyShare: number;
  /** Answers that were not 200. */
  readonly refused: number;
}

/** wrk, one thread, 64 connections that are kept. */
export async function throughput(proxy: Proxy, seconds: number): Promise<Throughput> {
  const folder = mkdtempSync(path.join(tmpdir(), "corral-bench-gateway-"));
  const script = path.join(folder, "chat.lua");
  writeFileSync(
    script,
    `wrk.method = "POST"\nwrk.body = [[${unaryBody()}]]\nwrk.headers["Content-Type"] = "application/json"\nwrk.headers["Authorization"] = "Bearer ${proxy.key}"\n`,
  );
  const cpu = (): number => (proxy.pid === null ? Number.NaN : cpuSeconds(proxy.pid));
  const [cpuBefore, since] = [cpu(), performance.now()];
  const { stdout } = await run("taskset", [
    "-c",
    String(LOAD_CORE),
    "wrk",
    "-t1",
    `-c${CONNECTIONS}`,
    `-d${seconds}s`,
    "-s",
    script,
    `http://127.0.0.1:${proxy.port}/api/chat`,
  ]);
  const [used, wall] = [cpu() - cpuBefore, (performance.now() - since) / 1000];
  rmSync(folder, { recursive: true });
  const requests = Number(/\b(\d{1,12}) requests in/u.exec(stdout)?.[1]);
  if (stdout.includes("Socket errors")) throw new Error(`${proxy.name} broke connections:\n${stdout}\n${proxy.said()}`);
  const refused = Number(/Non-2xx or 3xx responses: (\d{1,12})/u.exec(stdout)?.[1] ?? 0);
  return {
    perSecond: Number(/Requests\/sec: +([\d.]+)/u.exec(stdout)?.[1]) * (1 - refused / requests),
    microsPerRequest: (used / requests) * 1e6,
    busyShare: used / wall,
    refused,
  };
}

const LOW_RATE = 200;
const LOW_CONNECTIONS = 8;

/** Milliseconds of each answer at 200 requests a second, over eight kept connections. */
export async function lowRateDelays(door: Door, seconds: number): Promise<readonly number[]> {
  const askers = await Promise.all(Array.from({ length: LOW_CONNECTIONS }, () => openAsker(door)));
  const delays: number[] = [];
  const sinceMs = performance.now();
  for (let index = 0; index < seconds * LOW_RATE; index += 1) {
    const atMs = sinceMs + (index * 1000) / LOW_RATE;
    await sleep(Math.max(0, atMs - performance.now()));
    askers[index % LOW_CONNECTIONS]?.ask(delays);
  }
  await sleep(200);
  for (const asker of askers) asker.close();
  // The first ask of each connection also opens the way behind the proxy.
  return delays.slice(LOW_CONNECTIONS);
}

interface Asker {
  ask(delays: number[]): void;
  close(): void;
}

async function openAsker(door: Door): Promise<Asker> {
  const socket = await dial(door.port);
  const request = chatRequest(door, unaryBody());
  let askedMs = Number.NaN;
  let list: number[] = [];
  const reader = new AnswerReader({
    chunk: () => undefined,
    end: (status) => {
      if (status !== 200) throw new Error(`an answer of ${status} at a low rate`);
      list.push(performance.now() - askedMs);
      askedMs = Number.NaN;
    },
  });
  socket.on("data", (bytes) => reader.read(bytes));
  return {
    ask: (delays) => {
      // Whoever is not answered after eight turns is asked no more: that would measure the queue.
      if (!Number.isNaN(askedMs)) return;
      list = delays;
      askedMs = performance.now();
      socket.write(request);
    },
    close: () => socket.destroy(),
  };
}
