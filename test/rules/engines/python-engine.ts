import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const PYTHON = join(import.meta.dirname, "../../../node_modules/.cache/corral/engines/bin/python");

/** Whether the engines of `.ci/engine-requirements.txt` are there. On a user's machine what needs them is named as not run; CI must have them. */
export const HAS_ENGINES = existsSync(PYTHON) || process.env["CI"] === "true";

/** What an engine says of one rule: how often it spoke of each story, or why it could not read or run the rule. */
export type EngineAnswer = { readonly spoke: readonly number[] } | { readonly error: string };

/** Starts a program beside this file once, for all rules. */
export function askEngine(script: string, question: object): Readonly<Record<string, EngineAnswer>> {
  const { stdout, stderr, status } = spawnSync(PYTHON, [join(import.meta.dirname, script)], {
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, EngineAnswer>;
}
