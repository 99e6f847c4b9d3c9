import { NO_LOGIN } from "../../knowledge/checks/no-login.ts";
import type { CheckInput } from "../../model/judgements.ts";
import type { CheckRule } from "./check-rule.ts";

/**
 * Whether a service that others can reach asks for a login. An answer on loopback is no exposure; an emulator is another product.
 * 403 and 407 are never counted as protected, and silence tells nothing.
 */
export const NO_LOGIN_RULE: CheckRule = {
  check: NO_LOGIN,
  appliesTo: (input) => !input.loopback && (input.product === null || input.product === "ollama"),
  run: outcome,
};

function outcome(input: CheckInput): ReturnType<CheckRule["run"]> {
  switch (input.answer) {
    case "open":
      return input.confirmed ? "fail" : "unknown";
    case "login":
      return "pass";
    case "denied":
    case "refused":
    case "silent":
    case "other":
      return "unknown";
  }
}
