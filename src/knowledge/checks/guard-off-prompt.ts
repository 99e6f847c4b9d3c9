import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** A model whose own prompt or template takes its guard away, open to strangers. */
export const GUARD_OFF_PROMPT: Check = {
  id: "guard-off-prompt",
  title: "A prompt that takes the guard away, without a login",
  severity: "high",
  source: "SentinelLABS and Censys, Silent Brothers, 2026-01-29: 201 hosts with standardised guard-off templates",
  clause: "a lower bound: only prompts that the server shows can be told",
  since: "0.2.0",
  lifecycle: "experimental",
  evidence: {
    fail: "{service} answers without credentials, and {guard}; the text itself is not kept.",
    pass: "{service} last answered {answer}; {guard}.",
    unknown: "{service} last answered {answer}; {guard}.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: CLOSE_SERVICE,
  // Prompt injection, as facts/host.md maps such prompts (MOD-04); a jailbreak (AML.T0054) is what a user does to a model that has its guard.
  ids: { cve: [], attack: [], atlas: ["AML.T0051"], owaspLlm: ["LLM04:2025"] },
};
