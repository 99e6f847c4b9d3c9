import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const PYTHON = join(import.meta.dirname, "../../node_modules/.cache/corral/validators/bin/python");

/** Whether the validators of `.ci/python-requirements.txt` are there. On a user's machine a test without them is named as not run; CI must have them. */
export const HAS_VALIDATORS = existsSync(PYTHON) || process.env["CI"] === "true";

/** What a validator of others says of a file: how many objects or events it read, and every complaint. */
export interface Verdict {
  readonly read: number;
  readonly errors: readonly string[];
}

/** Lets `validate.py` judge a file. */
export function validated(format: "stix" | "ocsf", file: string): Verdict {
  const { stdout, stderr, status } = spawnSync(PYTHON, [join(import.meta.dirname, "validate.py"), format, file], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`validate.py ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Verdict;
}
