import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createServer, connect } from "node:net";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

/** The proxy under test has this core to itself. */
export const PROXY_CORE = 0;
/** Upstream and load share this one, with the bench itself. */
export const LOAD_CORE = 1;

const TICKS_PER_SECOND = 100;
const START_MS = 20_000;
const END_MS = 8000;

/** A program held to one core, and whatever it starts. */
export interface Pinned {
  readonly child: ChildProcess;
  /** What it wrote to standard error so far. */
  readonly said: () => string;
  /** Ends it; kills it if it does not go. */
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) for (const pid of tree(child.pid ?? 0)) kill(pid, "SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Starts a program on one core; it dies with the bench. */
export function startPinned(
  core: number,
  command: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Pinned {
  const child = spawn("taskset", ["-c", String(core), ...command], {
    stdio: ["ignore", "ignore", "pipe"],
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  running.add(child);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-20_000);
  });
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  void ended.then(() => running.delete(child));
  return {
    child,
    said: () => said,
    stop: async () => {
      child.kill("SIGTERM");
      const patience = setTimeout(() => {
        for (const pid of tree(child.pid ?? 0)) kill(pid, "SIGKILL");
      }, END_MS);
      await ended;
      clearTimeout(patience);
    },
  };
}

/** A process and all below it. */
export function tree(pid: number): readonly number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const below = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
    return [pid, ...below.flatMap((one) => tree(one))];
  } catch {
    return [];
  }
}

/** Seconds of processor that a process and all below it used so far, in user and kernel. */
export function cpuSeconds(pid: number): number {
  return tree(pid).reduce((sum, one) => {
    const stat = readFileSync(`/proc/${one}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }, 0);
}

/** Resident megabytes of each process of a tree, the starter first. */
export function residentMb(pid: number): readonly number[] {
  return tree(pid).map((one) => {
    const status = readFileSync(`/proc/${one}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) / 1024;
  });
}

/** A port of 127.0.0.1 that nobody holds at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === "object" && bound !== null ? bound.port : 0));
    });
  });
}

/** Waits until something listens; throws with what the program said if nothing comes. */
export async function listening(port: number, { child, said }: Pinned): Promise<void> {
  const until = performance.now() + START_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > until) throw new Error(`it did not start: ${said()}`);
    await sleep(50);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
