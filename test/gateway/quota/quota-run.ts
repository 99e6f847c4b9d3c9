import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { KEYS } from "./quota-case.ts";
import type { PrimaryCase } from "./quota-case.ts";

/** What was admitted for one key in one window. */
export interface Admitted {
  readonly requests: number;
  readonly tokens: number;
}

/** A primary with four workers, as processes of their own. */
export interface QuotaRun {
  readonly said: readonly string[];
  /** Process ids of the workers alive, by number. */
  readonly pids: ReadonlyMap<number, number>;
  /** Ends the primary as `kill -9` does; its workers end with it. */
  kill(): Promise<void>;
  /** Resolves when the primary has said so. */
  told(words: string): Promise<void>;
  /** Resolves when `count` workers have found every quota used up. */
  spent(count: number): Promise<void>;
  /** Ends all in order: leases go back, the store is closed. */
  stop(): Promise<void>;
}

/** A folder for the state and the log of admitted requests. */
export function newCase(redis: PrimaryCase["redis"] = null): PrimaryCase & { remove(): void } {
  const state = mkdtempSync(join(tmpdir(), "corral-quota-"));
  const log = join(state, "admitted");
  writeFileSync(log, "");
  return { state, log, redis, remove: () => rmSync(state, { recursive: true, force: true }) };
}

/** Starts a primary and its workers. */
export function startRun(one: PrimaryCase): QuotaRun {
  const { state, log, redis } = one;
  const child = fork(new URL("quota-primary.ts", import.meta.url), [JSON.stringify({ state, log, redis })]);
  const pids = new Map<number, number>();
  const spent = new Set<number>();
  const said: string[] = [];
  child.on("message", (message: { worker?: number; pid?: number; spent?: number; say?: string; counts?: string }) => {
    if (message.worker !== undefined && message.pid !== undefined) pids.set(message.worker, message.pid);
    if (message.spent !== undefined) spent.add(message.spent);
    if (message.say !== undefined) said.push(message.say);
    if (message.counts !== undefined) said.push(`counts: ${message.counts}`);
  });
  return {
    said,
    pids,
    async kill() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      for (const pid of pids.values()) await isGone(pid);
    },
    async told(words) {
      while (!said.includes(words)) await wait(10);
    },
    async spent(count) {
      while (spent.size < count) await wait(10);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      tell(child);
      await ended;
    },
  };
}

function tell(child: ChildProcess): void {
  if (child.connected) child.send("stop");
}

async function isGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await wait(5);
  }
}

/** Waits until so many requests were admitted. */
export async function untilAdmitted(one: PrimaryCase, count: number): Promise<void> {
  // A line is 20 to 21 bytes.
  while (statSync(one.log).size < count * 20) await wait(2);
}

/** What was admitted, by key and window. */
export function admitted(one: PrimaryCase): readonly Admitted[] {
  const counts = new Map<string, { requests: number; tokens: number }>();
  for (const line of readFileSync(one.log, "utf8").split("\n")) {
    const [key = "", window = "", used = "0"] = line.split(" ");
    if (!(KEYS as readonly string[]).includes(key)) continue;
    const count = counts.get(`${key} ${window}`) ?? { requests: 0, tokens: 0 };
    counts.set(`${key} ${window}`, { requests: count.requests + 1, tokens: count.tokens + Number(used) });
  }
  return [...counts.values()];
}
