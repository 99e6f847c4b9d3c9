import { GUARD_OFF_PROMPT } from "../../knowledge/checks/guard-off-prompt.ts";
import { isOllamaBeyondLoopback, whileOpen } from "./access.ts";
import type { CheckRule } from "./check-rule.ts";

/** Whether a prompt that takes the guard away is open to strangers; cards that were not seen leave it unknown. */
export const GUARD_OFF_PROMPT_RULE: CheckRule = {
  check: GUARD_OFF_PROMPT,
  appliesTo: isOllamaBeyondLoopback,
  run: (input) => whileOpen(input, input.guard_off),
};
