import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";

/** The management API answers strangers: whoever reaches the address may use, replace and delete the models. */
export const NO_LOGIN: Check = {
  id: "no-login",
  title: "The management API answers without a login",
  severity: "critical",
  source: "CVEProject/cvelistV5 CVE-2025-63389 (9.8, CISA); ollama/ollama@fb307608 server/routes.go",
  clause: "no route asks for credentials, in any release up to 0.33.0-rc2; a login can only stand in front",
  since: "0.1.0",
  lifecycle: "stable",
  evidence: {
    fail: "{service} answered its version and its list of models to a caller without credentials.",
    pass: "{service} asked for credentials (401) before it told anything.",
    unknown:
      "{service} gave no answer that tells whether it asks for a login; 403, 407 and silence protect nothing for sure.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: [
    {
      measure: "bind",
      effort: "minutes",
      text:
        "Listen on loopback: OLLAMA_HOST=127.0.0.1:11434 in the service's environment, then restart. In a container publish " +
        "127.0.0.1:11434:11434 instead of 11434:11434. In the desktop app turn off the switch that exposes it to the network.",
    },
    {
      measure: "firewall",
      effort: "minutes",
      text:
        "Let only named addresses reach the port, over IPv4 and IPv6. Ports published by Docker pass by ufw's rules: filter them " +
        "in the DOCKER-USER chain or in the provider's security group.",
    },
    {
      measure: "authenticating-proxy",
      effort: "hours",
      text:
        "Put a proxy that asks for credentials in front of a server bound to loopback, forward only the routes that clients need, " +
        "send Host: localhost:11434 upstream, and keep the port itself closed.",
    },
  ],
  ids: { cve: ["CVE-2025-63389"], attack: ["T1190", "T1133"], atlas: ["AML.T0040"], owaspLlm: ["LLM10:2025"] },
};
