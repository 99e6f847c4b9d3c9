import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** The study's gravest: models that can call tools, on a server that asks nobody who they are. */
export const TOOLS_WITHOUT_LOGIN: Check = {
  id: "tools-without-login",
  title: "Tool calling without a login",
  severity: "critical",
  source: "SentinelLABS and Censys, Silent Brothers, 2026-01-29, excessive agency",
  clause: "tools, no authentication and exposure together are assessed as the highest severity",
  since: "0.2.0",
  lifecycle: "stable",
  evidence: {
    fail: "{service} answers without credentials, and {tools}. Advertised is not wired up: what a tool would do was not tried.",
    pass: "{service} last answered {answer}; {tools}.",
    unknown: "{service} last answered {answer}; {tools}.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: CLOSE_SERVICE,
  ids: { cve: [], attack: ["T1190"], atlas: ["AML.T0053"], owaspLlm: ["LLM06:2025"] },
};
