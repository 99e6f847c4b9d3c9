import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** What points at somebody's documents: chat and embeddings on one server, or an open vector store. */
export const RAG_EXPOSED: Check = {
  id: "rag-exposed",
  title: "Retrieval stands open: chat and embedding models together, or an open vector store",
  severity: "high",
  source: "SentinelLABS and Censys, Silent Brothers, 2026-01-29, retrieval",
  clause: "pairs of chat and embedding models were seen; leakage from retrieval is named as a risk",
  since: "0.2.0",
  lifecycle: "experimental",
  evidence: {
    fail: "{service} answers without credentials; {completion}; {embedding}; {vectors}. What a store holds was not asked.",
    pass: "{service} last answered {answer}; {completion}; {embedding}; {vectors}.",
    unknown: "{service} last answered {answer}; {completion}; {embedding}; {vectors}.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: CLOSE_SERVICE,
  ids: { cve: [], attack: ["T1190"], atlas: [], owaspLlm: ["LLM02:2025", "LLM08:2025"] },
};
