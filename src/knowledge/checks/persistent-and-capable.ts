import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** UTC dates on which a service must have been seen open to be called persistent: our own threshold, a week's worth. */
export const PERSISTENT_DAYS = 7;

/** The backbone of the study: there again and again, and able to act. */
export const PERSISTENT_AND_CAPABLE: Check = {
  id: "persistent-and-capable",
  title: "Open on many days, with tool calling",
  severity: "high",
  source: "SentinelLABS and Censys, Silent Brothers, 2026-01-29: 5,000 hosts, tools, 87% average uptime",
  clause: "high capability and high availability; the study publishes no threshold, seven dates are ours",
  since: "0.2.0",
  lifecycle: "experimental",
  evidence: {
    fail: "{service} was seen open on {open_days} dates, and {tools}.",
    pass: "{service} last answered {answer}; seen open on {open_days} of {looked_days} dates; {tools}.",
    unknown: "{service} last answered {answer}; seen open on {open_days} of {looked_days} dates; {tools}.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: CLOSE_SERVICE,
  ids: { cve: [], attack: ["T1496"], atlas: ["AML.T0040"], owaspLlm: ["LLM06:2025", "LLM10:2025"] },
};
