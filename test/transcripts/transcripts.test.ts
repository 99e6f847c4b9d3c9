import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/**
 * Every `*.txt` beside this file is a session that a user could have typed: `$ command`, what it prints (both streams), and
 * `[exit N]` unless it ended with 0. Commands of one session share a folder. `…` in an expected line stands for any text.
 */
interface Step {
  readonly command: string;
  readonly printed: string;
  readonly exit: number;
}

const REPOSITORY = join(import.meta.dirname, "../..");
const EXIT_LINE = /^\[exit (\d+)\]$/u;

function stepsOf(text: string): Step[] {
  const [, ...parts] = `\n${text}`.split("\n$ ");
  return parts.map((part) => {
    const [command = "", ...lines] = part.trimEnd().split("\n");
    const exit = EXIT_LINE.exec(lines.at(-1) ?? "")?.[1];
    return { command, printed: (exit === undefined ? lines : lines.slice(0, -1)).join("\n"), exit: Number(exit ?? 0) };
  });
}

function pattern(printed: string): RegExp {
  const escaped = printed.split("…").map((piece) => piece.replaceAll(/[\\^$.*+?()[\]{}|]/gu, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`, "u");
}

let tools = "";
beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), "corral-tools-"));
  writeFileSync(join(tools, "corral"), `#!/bin/sh\nexec "${process.execPath}" "${REPOSITORY}/bin/corral.js" "$@"\n`);
  chmodSync(join(tools, "corral"), 0o755);
});
afterAll(() => {
  rmSync(tools, { recursive: true });
});

const FILES = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".txt"));

test("there are sessions to replay", () => {
  expect(FILES.length).toBeGreaterThan(0);
});

describe.each(FILES)("%s", (name) => {
  test("prints what it says", { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "corral-session-"));
    const { INIT_CWD: _, ...env } = process.env;
    for (const step of stepsOf(readFileSync(join(import.meta.dirname, name), "utf8"))) {
      const ran = spawnSync("sh", ["-c", `exec 2>&1; ${step.command}`], {
        cwd: folder,
        env: { ...env, PATH: `${tools}:${process.env["PATH"] ?? ""}`, NO_COLOR: "1" },
        encoding: "utf8",
      });
      const printed = ran.stdout.trimEnd().split("\n");
      const expected = step.printed.split("\n");
      const fits =
        printed.length === expected.length && expected.every((line, at) => pattern(line).test(printed[at] ?? ""));
      expect({ command: step.command, exit: ran.status, printed: fits ? step.printed : ran.stdout.trimEnd() }).toEqual(
        step,
      );
    }
    rmSync(folder, { recursive: true });
  });
});
