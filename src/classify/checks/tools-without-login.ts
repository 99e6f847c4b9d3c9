import { TOOLS_WITHOUT_LOGIN } from "../../knowledge/checks/tools-without-login.ts";
import { toolsOf } from "../tool-products.ts";
import { isOllamaBeyondLoopback, whileOpen } from "./access.ts";
import type { CheckRule } from "./check-rule.ts";
import { TOOL_PRODUCTS } from "../../knowledge/tool-products.ts";

/** Whether strangers get at tool calling: a model that advertises it, or a product whose work it is. */
export const TOOLS_WITHOUT_LOGIN_RULE: CheckRule = {
  check: TOOLS_WITHOUT_LOGIN,
  appliesTo: (input) => isOllamaBeyondLoopback(input) || (!input.loopback && TOOL_PRODUCTS.has(input.product ?? "")),
  run: (input) => whileOpen(input, toolsOf(input)),
};
