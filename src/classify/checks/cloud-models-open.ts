import { CLOUD_MODELS_OPEN } from "../../knowledge/checks/cloud-models-open.ts";
import { isOllamaBeyondLoopback, whileOpen } from "./access.ts";
import type { CheckRule } from "./check-rule.ts";

/** Whether strangers may spend the owner's account with a cloud. */
export const CLOUD_MODELS_OPEN_RULE: CheckRule = {
  check: CLOUD_MODELS_OPEN,
  appliesTo: isOllamaBeyondLoopback,
  run: (input) => whileOpen(input, input.has_cloud_model),
};
