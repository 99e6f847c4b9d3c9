import { PERSISTENT_AND_CAPABLE, PERSISTENT_DAYS } from "../../knowledge/checks/persistent-and-capable.ts";
import type { CheckInput } from "../../model/judgements.ts";
import { allOf, isOllamaBeyondLoopback, whileOpen } from "./access.ts";
import type { CheckRule } from "./check-rule.ts";

/** Whether an open server with tools was there on many dates; too few looks leave it unknown. */
export const PERSISTENT_AND_CAPABLE_RULE: CheckRule = {
  check: PERSISTENT_AND_CAPABLE,
  appliesTo: isOllamaBeyondLoopback,
  run: (input) => whileOpen(input, allOf(input.tools, isPersistent(input))),
};

function isPersistent({ open_days, looked_days }: CheckInput): boolean | null {
  if (open_days >= PERSISTENT_DAYS) return true;
  return looked_days >= PERSISTENT_DAYS ? false : null;
}
