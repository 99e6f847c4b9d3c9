import { RECHECK } from "./check.ts";
import type { Check } from "./check.ts";
import { CLOSE_SERVICE } from "./measures.ts";

/** A product that has a login, and says that it is turned off. */
export const AUTH_DISABLED: Check = {
  id: "auth-disabled",
  title: "Its own login is turned off",
  severity: "critical",
  source:
    "what the product shows strangers before a login: open-webui backend/open_webui/main.py, LibreChat api/server/routes/config.js, and the tells of knowledge/products/",
  clause: "the product's own configuration says so",
  since: "0.2.0",
  lifecycle: "stable",
  evidence: {
    fail: "{service} says of itself that its login is turned off.",
    pass: "{service} asks for its login.",
    unknown: "{service} last answered {answer}; whether its login is turned on was not told.",
  },
  fixedIn: null,
  recheck: RECHECK,
  remediation: [
    {
      measure: "settings",
      effort: "minutes",
      text: "Turn the product's own login on (Open WebUI: WEBUI_AUTH=true; it needs an installation without accounts).",
    },
    ...CLOSE_SERVICE,
  ],
  ids: { cve: [], attack: ["T1190", "T1133"], atlas: [], owaspLlm: [] },
};
