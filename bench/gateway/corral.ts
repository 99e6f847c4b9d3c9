import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { stringify } from "yaml";
import { PROXY_CORE, startPinned, type Pinned } from "./pinned.ts";

const ROOT = path.join(import.meta.dirname, "../..");
/** What runs: the sources, unless `useBuilt` was asked. */
let main = path.join(ROOT, "src/cli/main.ts");

/** Builds the package and runs that from now on, as who installs it does: stripping types from sources costs each process some 27 MB. */
export function useBuilt(): void {
  execFileSync(process.execPath, [path.join(ROOT, "scripts/build.ts")], { cwd: ROOT, stdio: "ignore" });
  main = path.join(ROOT, "dist/cli/main.js");
}
const HOOK = path.join(import.meta.dirname, "profile-hook.js");
const MANY = 1_000_000_000;

/** A limit of each kind, of every window, that a run does not reach: counted all the same. */
const LIMITS = {
  requests: [
    { count: MANY, per: "minute" },
    { count: MANY, per: "day" },
  ],
  tokens: [
    { count: 1000 * MANY, per: "hour" },
    { count: 1000 * MANY, per: "month" },
  ],
  concurrent: 8000,
};

/** Everything on: roles with lists of models, clamps, limits of a key and of all, one of each window, record, metrics. */
function configFor(port: number, upstreamPort: number): object {
  return {
    upstream: `http://127.0.0.1:${upstreamPort}`,
    listen: { address: "127.0.0.1", port },
    operations: { address: "127.0.0.1", port: 0 },
    workers: 1,
    capacity: { concurrent: 8000, queue: 64, queueSeconds: 30 },
    roles: {
      user: {
        allow: ["A", "B"],
        models: ["bench", "llama3:latest"],
        deniedModels: ["secret"],
        limits: { perKey: LIMITS, total: LIMITS },
        clamp: { numCtx: 32_768, numPredict: 4096, keepAliveSeconds: 3600, numGpu: 99, images: 8, bodyBytes: 16 << 20 },
      },
      admin: { allow: ["A", "B", "C", "D"] },
    },
  };
}

/** Starts the gateway as a user does: `gateway init`, the file edited, `gateway`. */
export function startCorral(
  place: { readonly folder: string; readonly port: number; readonly upstreamPort: number },
  profile: string | null,
): { readonly run: Pinned; readonly key: string } {
  const { folder, port, upstreamPort } = place;
  const env = { INIT_CWD: folder };
  const key = execFileSync(process.execPath, [main, "gateway", "init", "--yes"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
  writeFileSync(path.join(folder, "gateway.yaml"), stringify(configFor(port, upstreamPort)));
  const profiled = profile === null ? {} : { BENCH_PROFILE: profile, NODE_OPTIONS: `--import=${HOOK}` };
  const run = startPinned(PROXY_CORE, [process.execPath, main, "gateway"], {
    cwd: folder,
    env: { ...env, ...profiled },
  });
  return { run, key };
}
