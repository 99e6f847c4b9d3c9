import { AUTH_DISABLED } from "../../knowledge/checks/auth-disabled.ts";
import type { Check } from "../../knowledge/checks/check.ts";
import { NO_ADMIN } from "../../knowledge/checks/no-admin.ts";
import { OPEN_SIGNUP } from "../../knowledge/checks/open-signup.ts";
import type { CheckInput } from "../../model/judgements.ts";
import type { Sign } from "../../model/observation.ts";
import type { CheckRule } from "./check-rule.ts";

/** Products with accounts of their own whose configuration tells strangers how they are made; the tell that read it is `<id>.config`. */
const ACCOUNT_PRODUCTS: ReadonlySet<string> = new Set(["open-webui", "librechat"]);

/** Whether the first account is still to be made. */
export const NO_ADMIN_RULE = accountRule(NO_ADMIN, "no-admin", hasToldConfig);
/** Whether a product with a login says that it is turned off. */
export const AUTH_DISABLED_RULE = accountRule(AUTH_DISABLED, "auth-disabled", ({ answer }) => answer === "login");
/** Whether strangers may make themselves an account. */
export const OPEN_SIGNUP_RULE = accountRule(
  OPEN_SIGNUP,
  "open-signup",
  (input) => hasToldConfig(input) && input.answer === "login",
);

/** The sign is a fail; its absence is a pass only where it would have shown. */
function accountRule(check: Check, sign: Sign, wouldShow: (input: CheckInput) => boolean): CheckRule {
  return {
    check,
    appliesTo: (input) => !input.loopback && (input.signs.includes(sign) || ACCOUNT_PRODUCTS.has(input.product ?? "")),
    run: (input) => {
      if (input.signs.includes(sign)) return "fail";
      return wouldShow(input) ? "pass" : "unknown";
    },
  };
}

function hasToldConfig({ product, fingerprint }: CheckInput): boolean {
  return product !== null && fingerprint === `${product}.config`;
}
