import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { tree } from "./pinned.ts";
import { startProxy, startUnaryUpstream } from "./proxies.ts";
import { throughput } from "./unary.ts";

const WARM_SECONDS = 4;
const WRITE_MS = 10_000;

/** Takes CPU profiles of the gateway's processes under unary load, warmed up before, and prints the worker's. */
export async function profile(folder: string, seconds: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const upstream = await startUnaryUpstream();
  const proxy = await startProxy("corral", upstream.port, path.resolve(folder));
  const pids = tree(proxy.pid ?? 0);
  const signal = (): void => {
    for (const pid of pids) process.kill(pid, "SIGUSR2");
  };
  await throughput(proxy, WARM_SECONDS);
  signal();
  const measured = await throughput(proxy, seconds);
  signal();
  const file = path.join(folder, `worker-${proxy.carrier ?? 0}.cpuprofile`);
  for (let waited = 0; !existsSync(file) && waited < WRITE_MS; waited += 100) await sleep(100);
  await sleep(500);
  await proxy.stop();
  await upstream.stop();
  process.stdout.write(
    `${measured.perSecond.toFixed(0)} requests/s under the profiler; in ${folder}: ${readdirSync(folder).join(", ")}\n`,
  );
  spawnSync(process.execPath, [path.join(import.meta.dirname, "top.ts"), file], { stdio: "inherit" });
}
