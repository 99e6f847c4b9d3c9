import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const SOURCES = fileURLToPath(new URL("upstream/", import.meta.url));
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/corral/", import.meta.url));
/** Where Debian's golang-go puts it; it is the one that Debian's gin was packaged for. */
const GO = existsSync("/usr/bin/go") ? "/usr/bin/go" : "go";
const BUILD_MS = 300_000;

const run = promisify(execFile);

async function sourceHash(): Promise<string> {
  const hash = createHash("sha256");
  const names = (await readdir(SOURCES)).filter((name) => name.endsWith(".go")).toSorted();
  for (const name of names) hash.update(name).update(await readFile(SOURCES + name));
  return hash.digest("hex").slice(0, 16);
}

let built: Promise<string> | null = null;

/** Path of the compiled stand-in for Ollama; compiled once per state of its sources and kept in the cache. */
export async function upstreamBinary(): Promise<string> {
  built ??= build();
  return await built;
}

async function build(): Promise<string> {
  const path = `${CACHE}upstream-${await sourceHash()}`;
  if (existsSync(path)) return path;
  await mkdir(CACHE, { recursive: true });
  // Under a name of its own first: another test process may be at the same work.
  const own = `${path}.${process.pid}`;
  const env = {
    ...process.env,
    GO111MODULE: "off",
    GOPATH: "/usr/share/gocode",
    GOTOOLCHAIN: "local",
    GOCACHE: `${CACHE}go`,
  };
  await run(GO, ["build", "-o", own, "."], { cwd: SOURCES, env: { ...env, GOFLAGS: "" }, timeout: BUILD_MS });
  await rename(own, path);
  return path;
}
