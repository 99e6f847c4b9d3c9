import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { type Ran, runCommand } from "../../scripts/run-command.ts";
import { CLEAN, script, withHouse } from "./mini-house.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // whole tools run, on machines of any speed

/** Runs something in a house with a copy of the repository's scripts and a lock file of the given text. */
function inEquippedHouse<T>(
  lock: object,
  use: (run: (...args: readonly string[]) => Promise<Ran>) => Promise<T>,
): Promise<T> {
  return withHouse(CLEAN, async (cwd) => {
    await cp(script(""), join(cwd, "scripts"), { recursive: true });
    await writeFile(join(cwd, "package-lock.json"), JSON.stringify(lock));
    return use((...args) => runCommand(["node", ...args], { cwd }));
  });
}

const GOOD_LOCK = { lockfileVersion: 3, packages: { "node_modules/a": { integrity: "sha512-AAAA" } } };
const BAD_LOCK = { lockfileVersion: 3, packages: { "node_modules/a": {} } };

/** A gate's line without its time, which varies. */
function untimed(output: string): readonly string[] {
  return output
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/ {1,12}\d+\.\d s/u, ""));
}

test("every gate that passes counts as one, and the count is the last line", async () => {
  await inEquippedHouse(GOOD_LOCK, async (run) => {
    const ran = await run("scripts/gates.ts", "suppressions", "lock file");
    expect(untimed(ran.output).toSorted()).toEqual(["2 passed, 0 failed", "ok    lock file", "ok    suppressions"]);
    expect(untimed(ran.output).at(-1)).toBe("2 passed, 0 failed");
    expect(ran.code).toBe(0);
  });
});

test("a gate that fails shows all that it said, the others still run, and the exit code is 1", async () => {
  await inEquippedHouse(BAD_LOCK, async (run) => {
    const ran = await run("scripts/gates.ts", "suppressions", "lock file");
    const lines = untimed(ran.output);
    expect(lines).toContain("ok    suppressions");
    expect(lines).toContain("FAIL  lock file");
    expect(lines).toContain("package-lock.json: node_modules/a has no hash");
    expect(lines.at(-1)).toBe("1 passed, 1 failed");
    expect(ran.code).toBe(1);
  });
});

test("a gate that does not exist is a mistake, not a pass", async () => {
  const ran = await runCommand(["node", script("gates.ts"), "lint", "typos"]);
  expect(ran.output).toMatch(/^error: no gate named typos\nhint: "format", "lint", /u);
  expect(ran.code).toBe(2);
});
