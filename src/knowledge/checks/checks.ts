import { AUTH_DISABLED } from "./auth-disabled.ts";
import type { Check } from "./check.ts";
import { CLOUD_MODELS_OPEN } from "./cloud-models-open.ts";
import { GUARD_OFF_PROMPT } from "./guard-off-prompt.ts";
import { LAUNDERING_TRIPLE } from "./laundering-triple.ts";
import { MANAGEMENT_REACHABLE } from "./management-reachable.ts";
import { NO_ADMIN } from "./no-admin.ts";
import { NO_LOGIN } from "./no-login.ts";
import { OPEN_SIGNUP } from "./open-signup.ts";
import { PERSISTENT_AND_CAPABLE } from "./persistent-and-capable.ts";
import { RAG_EXPOSED } from "./rag-exposed.ts";
import { TOOLS_WITHOUT_LOGIN } from "./tools-without-login.ts";
import { VERSION_INDICATED } from "./version-indicated.ts";

/** Checks on what a service shows and how it answers, in the order of reports. */
export const EXPOSURE_CHECKS: readonly Check[] = [
  NO_LOGIN,
  TOOLS_WITHOUT_LOGIN,
  LAUNDERING_TRIPLE,
  MANAGEMENT_REACHABLE,
  NO_ADMIN,
  AUTH_DISABLED,
  RAG_EXPOSED,
  CLOUD_MODELS_OPEN,
  GUARD_OFF_PROMPT,
  PERSISTENT_AND_CAPABLE,
  OPEN_SIGNUP,
];

/** Every check, in the order of reports. */
export const CHECKS: readonly Check[] = [...EXPOSURE_CHECKS, ...VERSION_INDICATED];
