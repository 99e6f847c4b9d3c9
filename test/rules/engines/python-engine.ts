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
  return JSON.parse(told(script, question)) as Record<string, EngineAnswer>;
}

/** Lets one process read ES|QL; gives by name what is wrong in each, `line L:C what`, in the order of the text. */
export function esqlFaults(queries: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  return JSON.parse(told("read_esql.py", { rules: queries })) as Record<string, readonly string[]>;
}

function told(script: string, question: object): string {
  const { stdout, stderr, status, error } = spawnSync(PYTHON, [join(import.meta.dirname, script)], {
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return stdout;
}
