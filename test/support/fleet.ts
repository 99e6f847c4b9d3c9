import { freePort } from "../farm/black-hole.ts";
import { startFarm } from "../farm/farm.ts";
import type { Farm, FarmSpec } from "../farm/farm.ts";
import { surveyCase } from "./survey-case.ts";
import type { ScopeSays, SurveyCase } from "./survey-case.ts";

/** A farm and the case that surveys it. */
export interface Fleet {
  readonly farm: Farm;
  readonly here: SurveyCase;
}

const opened: { end(): unknown }[] = [];

/** Ends what a test opened; each test file calls it after every test. */
export async function endFleets(): Promise<void> {
  for (const one of opened.splice(0)) await one.end();
}

/** Ends something with the test. */
export function endWithTest(one: { end(): unknown }): void {
  opened.push(one);
}

/** How many requests each host of a farm received. */
export function askedTimes(farm: Farm): number[] {
  return farm.hosts.map((_, index) => farm.asked(index).length);
}

/** A farm on one port, and a scope that names its hosts. */
export async function fleet(specs: readonly FarmSpec[], says: Partial<ScopeSays> = {}): Promise<Fleet> {
  const port = await freePort("127.0.0.1");
  const farm = await startFarm(specs.map((spec) => ({ ...spec, port })));
  opened.push({ end: () => farm.close() });
  const here = surveyCase({ prefixes: farm.hosts.map(({ address }) => `${address}/32`), ports: [port], ...says });
  opened.push(here);
  return { farm, here };
}
