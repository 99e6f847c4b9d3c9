import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/corral/", import.meta.url));
/** Where Debian's golang-go puts it; it is the one that Debian's libraries were packaged for. */
const GO = existsSync("/usr/bin/go") ? "/usr/bin/go" : "go";
const BUILD_MS = 300_000;

const run = promisify(execFile);
const built = new Map<string, Promise<string>>();

/** Path of a program compiled from `test/gateway/NAME/`; compiled once per state of its sources and kept in the cache. */
export async function goBinary(name: string): Promise<string> {
  const path = built.get(name) ?? build(name);
  built.set(name, path);
  return await path;
}

async function build(name: string): Promise<string> {
  const sources = fileURLToPath(new URL(`${name}/`, import.meta.url));
  const path = `${CACHE}${name}-${await sourceHash(sources)}`;
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
  await run(GO, ["build", "-o", own, "."], { cwd: sources, env: { ...env, GOFLAGS: "" }, timeout: BUILD_MS });
  await rename(own, path);
  return path;
}

async function sourceHash(sources: string): Promise<string> {
  const hash = createHash("sha256");
  const names = (await readdir(sources)).filter((name) => name.endsWith(".go")).toSorted();
  for (const name of names) hash.update(name).update(await readFile(sources + name));
  return hash.digest("hex").slice(0, 16);
}
