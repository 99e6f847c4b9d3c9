import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const CORRAL = fileURLToPath(new URL("../../bin/corral.js", import.meta.url));

function helpWith(env: Readonly<Record<string, string>>): string {
  const {
    NODE_COMPILE_CACHE: _,
    NODE_DISABLE_COMPILE_CACHE: __,
    HOME: ___,
    XDG_CACHE_HOME: ____,
    ...rest
  } = process.env;
  const ran = spawnSync(process.execPath, [CORRAL, "--help"], { env: { ...rest, ...env }, timeout: 20_000 });
  return `${ran.status} ${ran.stderr.toString()}${ran.stdout.toString().split("\n", 1)[0]}`;
}

const PLAIN = helpWith({ NODE_DISABLE_COMPILE_CACHE: "1" });

function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), "corral-cache-"));
}

test("compiled code is kept in the user's cache folder, closed to others", () => {
  const cache = freshFolder();
  expect(helpWith({ XDG_CACHE_HOME: cache })).toBe(PLAIN);
  expect(readdirSync(join(cache, "corral")).length).toBe(1);
  expect(helpWith({ XDG_CACHE_HOME: cache })).toBe(PLAIN);
});

test("below the home folder where nothing else is said", () => {
  const home = freshFolder();
  expect(helpWith({ HOME: home, XDG_CACHE_HOME: "not/absolute" })).toBe(PLAIN);
  expect(readdirSync(join(home, ".cache", "corral")).length).toBe(1);
});

test.for(["/proc", "/proc/self", "/etc/passwd", "/nowhere/at/all", "", "relative"])(
  "a home at %j breaks and holds up nothing",
  (home) => {
    expect(helpWith({ HOME: home })).toBe(PLAIN);
    expect(helpWith({ XDG_CACHE_HOME: home })).toBe(PLAIN);
  },
);

test("a folder that others may write into, a link and a file are left alone", () => {
  const cache = freshFolder();
  mkdirSync(join(cache, "open", "corral"), { recursive: true });
  chmodSync(join(cache, "open", "corral"), 0o777);
  mkdirSync(join(cache, "linked"));
  mkdirSync(join(cache, "elsewhere"));
  symlinkSync(join(cache, "elsewhere"), join(cache, "linked", "corral"));
  mkdirSync(join(cache, "file"));
  writeFileSync(join(cache, "file", "corral"), "");
  for (const name of ["open", "linked", "file"]) expect(helpWith({ XDG_CACHE_HOME: join(cache, name) })).toBe(PLAIN);
  expect(readdirSync(join(cache, "open", "corral"))).toEqual([]);
  expect(readdirSync(join(cache, "elsewhere"))).toEqual([]);
});

test("a folder that nobody may write into is as good as none", () => {
  const cache = freshFolder();
  chmodSync(cache, 0o500);
  expect(helpWith({ XDG_CACHE_HOME: cache })).toBe(PLAIN);
});
