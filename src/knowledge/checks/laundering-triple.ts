import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** What makes a household's address useful to hide behind: tools, vision and a residential network. */
export const LAUNDERING_TRIPLE: Check = {
  id: "laundering-triple",
  title: "Tools and vision without a login, in a network of households",
  severity: "critical",
  source: "SentinelLABS and Censys, Silent Brothers, 2026-01-29, identity laundering and proxy abuse",
  clause: "vision, tools and a residential address together: traffic appears to come from a household",
  since: "0.2.0",
  lifecycle: "stable",
  evidence: {
    fail: "{service} answers without credentials; {tools}; {vision}; its network is {tier}.",
    pass: "{service} last answered {answer}; {tools}; {vision}; its network is {tier}.",
    unknown: "{service} last answered {answer}; {tools}; {vision}; its network is {tier}.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: CLOSE_SERVICE,
  ids: { cve: [], attack: ["T1090"], atlas: ["AML.T0053"], owaspLlm: ["LLM06:2025"] },
};
