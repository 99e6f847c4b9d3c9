import { LAUNDERING_TRIPLE } from "../../knowledge/checks/laundering-triple.ts";
import { allOf, isOllamaBeyondLoopback, whileOpen } from "./access.ts";
import type { CheckRule } from "./check-rule.ts";

/** Whether tools, vision and a network of households come together; one of the three that is known to be missing settles it. */
export const LAUNDERING_TRIPLE_RULE: CheckRule = {
  check: LAUNDERING_TRIPLE,
  appliesTo: isOllamaBeyondLoopback,
  run: (input) =>
    whileOpen(
      input,
      allOf(input.tools, input.vision, input.tier === null ? null : input.tier === "telecom-residential"),
    ),
};
