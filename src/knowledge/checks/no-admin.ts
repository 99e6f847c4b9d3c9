import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** Whoever comes first becomes administrator. */
export const NO_ADMIN: Check = {
  id: "no-admin",
  title: "Nobody is administrator yet: whoever comes first becomes it",
  severity: "critical",
  source:
    "what the product shows strangers before a login: open-webui backend/open_webui/main.py, LibreChat api/server/routes/config.js, and the tells of knowledge/products/",
  clause: "the product's own configuration says that its first account has not been made",
  since: "0.2.0",
  lifecycle: "stable",
  evidence: {
    fail: "{service} waits for its first account, which becomes administrator; none was made.",
    pass: "{service} told its configuration, and does not wait for a first account.",
    unknown: "{service} last answered {answer}; whether it has an administrator was not told.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: [
    {
      measure: "settings",
      effort: "minutes",
      text: "Close it to others first, then make the administrator's account; if there is one that you did not make, start anew from an empty database.",
    },
    ...CLOSE_SERVICE,
  ],
  ids: { cve: [], attack: ["T1190", "T1133"], atlas: [], owaspLlm: [] },
};
