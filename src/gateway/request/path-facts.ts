import { ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { Refusal } from "../refusal.ts";
import { NO_FACTS } from "./body-facts.ts";
import type { BodyFacts } from "./body-facts.ts";
import { canonicalModel } from "./canonical-model.ts";

/** Facts of a request that names its model in the path. */
export function pathFacts(parameter: string): Result<BodyFacts, Refusal> {
  const name = canonicalModel(parameter);
  return name.ok ? ok({ ...NO_FACTS, model: name.value }) : name;
}
