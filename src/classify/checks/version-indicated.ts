import { VERSION_INDICATED } from "../../knowledge/checks/version-indicated.ts";
import type { VersionCheckInput } from "../../model/judgements.ts";
import { versionCves } from "../version-cves.ts";
import { mayBeAny } from "./access.ts";
import type { CheckRule } from "./check-rule.ts";

/**
 * Whether the version a confirmed Ollama names lies in the range of a weakness; of other products it says nothing, and of what may be an
 * Ollama nothing is known.
 */
export const VERSION_RULES: readonly CheckRule<VersionCheckInput>[] = VERSION_INDICATED.map((check) => ({
  check,
  appliesTo: (input) => input.product === "ollama" || mayBeAny(input),
  run: (input) => {
    if (!input.confirmed || input.product !== "ollama") return "unknown";
    const row = versionCves(input.version).find((one) => one.cve.toLowerCase() === check.id);
    if (row === undefined) return "pass";
    return row.state === "indicated" ? "fail" : "unknown";
  },
}));
