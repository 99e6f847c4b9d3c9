import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** A service answers strangers: whoever reaches the address gets what only its users should. */
export const NO_LOGIN: Check = {
  id: "no-login",
  title: "It answers strangers without a login",
  severity: "critical",
  source: "CVEProject/cvelistV5 CVE-2025-63389 (9.8, CISA; of Ollama); ollama/ollama@fb307608 server/routes.go",
  clause:
    "no route of Ollama asks for credentials, in any release up to 0.33.0-rc2: a login can only stand in front; of other " +
    "products the answer itself tells, but for lists that are public with a key too (llama.cpp, TGI)",
  since: "0.1.0",
  lifecycle: "stable",
  evidence: {
    fail: "{service} gave {gave} to a caller without credentials.",
    pass: "{service} asked for credentials (401), or says of itself that it asks for them.",
    unknown:
      "{service} last answered {answer}, which does not tell whether it asks for a login; 403, 407 and silence protect nothing for sure.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: CLOSE_SERVICE,
  ids: { cve: ["CVE-2025-63389"], attack: ["T1190", "T1133"], atlas: ["AML.T0040"], owaspLlm: ["LLM10:2025"] },
};
