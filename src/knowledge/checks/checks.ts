import type { Check } from "./check.ts";
import { NO_LOGIN } from "./no-login.ts";
import { VERSION_INDICATED } from "./version-indicated.ts";

/** Every check, in the order of reports. */
export const CHECKS: readonly Check[] = [NO_LOGIN, ...VERSION_INDICATED];
