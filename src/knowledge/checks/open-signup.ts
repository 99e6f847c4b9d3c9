import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** Strangers may make themselves an account. */
export const OPEN_SIGNUP: Check = {
  id: "open-signup",
  title: "Strangers may sign up",
  severity: "medium",
  source:
    "what the product shows strangers before a login: open-webui backend/open_webui/main.py, LibreChat api/server/routes/config.js, and the tells of knowledge/products/",
  clause:
    "the product's own configuration says that registration is open; whether an administrator must approve is not told",
  since: "0.2.0",
  lifecycle: "stable",
  evidence: {
    fail: "{service} says in its own configuration that anybody may make an account; none was made.",
    pass: "{service} says in its own configuration that nobody may make an account.",
    unknown: "{service} last answered {answer}; whether strangers may sign up was not told.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: [
    {
      measure: "settings",
      effort: "minutes",
      text: "Turn registration off in the product's settings (Open WebUI: ENABLE_SIGNUP=false), and look through the accounts there are.",
    },
    ...CLOSE_SERVICE,
  ],
  ids: { cve: [], attack: ["T1133"], atlas: [], owaspLlm: [] },
};
