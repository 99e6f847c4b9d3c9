import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** A model that runs on somebody else's computers, paid by the owner's account. */
export const CLOUD_MODELS_OPEN: Check = {
  id: "cloud-models-open",
  title: "Cloud models spend the owner's account for strangers",
  severity: "high",
  source: "ollama/ollama@fb307608 server/routes.go, remote models from 0.12.0",
  clause: "a stub's requests are forwarded to the cloud with the host's identity",
  since: "0.2.0",
  lifecycle: "stable",
  evidence: {
    fail: "{service} answers without credentials, and {cloud}. No cloud model was asked for anything.",
    pass: "{service} last answered {answer}; {cloud}.",
    unknown: "{service} last answered {answer}; {cloud}.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: [
    {
      measure: "settings",
      effort: "minutes",
      text: "Sign the server out of its cloud account (ollama signout), or forbid cloud models: OLLAMA_NO_CLOUD=1.",
    },
    ...CLOSE_SERVICE,
  ],
  ids: { cve: [], attack: ["T1496"], atlas: ["AML.T0034"], owaspLlm: ["LLM10:2025"] },
};
