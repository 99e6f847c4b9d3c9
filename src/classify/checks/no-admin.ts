import { NO_ADMIN } from "../../knowledge/checks/no-admin.ts";
import { accountRule, wasShown } from "./account-rule.ts";

/** Whether the first account, which becomes administrator, is still to be made. */
export const NO_ADMIN_RULE = accountRule(NO_ADMIN, "no-admin", (input) => wasShown("no-admin", input));
