import { MANAGEMENT_REACHABLE } from "../../knowledge/checks/management-reachable.ts";
import { accessOf, isOllamaBeyondLoopback } from "./access.ts";
import type { CheckRule } from "./check-rule.ts";

/**
 * Whether strangers reach what changes the service. Of an Ollama by inference: its routes that write stand beside the list that it
 * gave; unknown where something stands in front that may hold them back. Of another product only when one of its routes told.
 */
export const MANAGEMENT_REACHABLE_RULE: CheckRule = {
  check: MANAGEMENT_REACHABLE,
  appliesTo: (input) => isOllamaBeyondLoopback(input) || (!input.loopback && input.signs.includes("management-open")),
  run: (input) => {
    if (input.signs.includes("management-open")) return "fail";
    const access = accessOf(input);
    if (access === "login") return "pass";
    return access === "open" && !input.fronted ? "fail" : "unknown";
  },
};
