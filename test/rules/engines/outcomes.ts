import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LANGUAGE_RUNS } from "./language-runs.ts";
import type { LanguageRun } from "./engine-run.ts";

/** What engines made of every rule, by language. */
export type Outcomes = Readonly<Record<string, LanguageRun>>;

/** Where the outcomes of the last whole run are kept: the conformance matrix is made of them, and the tests compare them with a run. */
export const OUTCOMES_FILE = join(import.meta.dirname, "../outcomes.json");

/** Runs every engine. */
export function runAll(): Outcomes {
  return Object.fromEntries(Object.entries(LANGUAGE_RUNS).map(([id, { run }]) => [id, run()]));
}

/** The outcomes that were kept. */
export async function readOutcomes(): Promise<Outcomes> {
  return JSON.parse(await readFile(OUTCOMES_FILE, "utf8")) as Outcomes;
}
