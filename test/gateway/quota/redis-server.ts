import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** A Redis of the test's own, on loopback, that keeps every write on disk. */
export interface RedisServer {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>;
  /** Makes it hear and say nothing, and lets it go on. */
  freeze(): void;
  thaw(): void;
  /** Ends it and removes what it kept. */
  remove(): Promise<void>;
  /** Forgets what was written, as a Redis without a disk does at a restart. */
  forget(): void;
}

/** Starts a Redis on a free port. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "corral-redis-"));
  let child: ChildProcess | null = null;
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const settings = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
      child = spawn("redis-server", ["--bind", "127.0.0.1", "--port", `${port}`, "--dir", folder, ...settings], {
        stdio: "ignore",
      });
      while (!(await answers(port))) await wait(20);
    },
    async kill() {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    forget: () => rmSync(join(folder, "appendonlydir"), { recursive: true, force: true }),
    async remove() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Whether it answers PING; while it loads its files it says so instead. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.on("data", (bytes) => {
      socket.destroy();
      resolve(bytes.toString("latin1").startsWith("+PONG"));
    });
    socket.on("error", () => resolve(false));
  });
}
