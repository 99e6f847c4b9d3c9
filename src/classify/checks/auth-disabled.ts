import { AUTH_DISABLED } from "../../knowledge/checks/auth-disabled.ts";
import { accountRule } from "./account-rule.ts";

/** Whether a product with a login of its own says that it is turned off; one that asked for it has it on. */
export const AUTH_DISABLED_RULE = accountRule(AUTH_DISABLED, "auth-disabled", ({ answer }) => answer === "login");
