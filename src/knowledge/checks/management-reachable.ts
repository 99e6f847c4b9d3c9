import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** Whoever reaches it may change what it holds. Told by inference: a route that writes is never asked. */
export const MANAGEMENT_REACHABLE: Check = {
  id: "management-reachable",
  title: "Strangers reach the routes that pull, replace and delete models",
  severity: "critical",
  source: "ollama/ollama@fb307608 server/routes.go; CVEProject/cvelistV5 CVE-2025-63389",
  clause: "the routes that write stand on the same listener as the list, behind no check of their own",
  since: "0.2.0",
  lifecycle: "stable",
  evidence: {
    fail: "{service} {management}. No route that writes was asked.",
    pass: "{service} asked for credentials (401) before it told anything.",
    unknown:
      "{service} last answered {answer}, {fronted}; a proxy may hold back the routes that write, and none of them was asked.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: CLOSE_SERVICE,
  ids: { cve: ["CVE-2025-63389"], attack: ["T1190"], atlas: ["AML.T0049"], owaspLlm: ["LLM04:2025"] },
};
