import { NO_LOGIN } from "../../knowledge/checks/no-login.ts";
import { accessOf } from "./access.ts";
import type { CheckRule } from "./check-rule.ts";

/**
 * Whether a service that others can reach asks for a login. An answer on loopback is no exposure. 403 and 407 are never counted as
 * protected, and silence tells nothing.
 */
export const NO_LOGIN_RULE: CheckRule = {
  check: NO_LOGIN,
  appliesTo: (input) => !input.loopback,
  run: (input) => (({ open: "fail", login: "pass", unknown: "unknown" }) as const)[accessOf(input)],
};
