import { OPEN_SIGNUP } from "../../knowledge/checks/open-signup.ts";
import { accountRule, wasShown } from "./account-rule.ts";

/** Whether strangers may make themselves an account; where no login is asked for, sign-up says nothing. */
export const OPEN_SIGNUP_RULE = accountRule(
  OPEN_SIGNUP,
  "open-signup",
  (input) => wasShown("open-signup", input) && input.answer === "login",
);
