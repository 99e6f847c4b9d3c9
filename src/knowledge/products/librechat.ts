import { objectAt, titleOf, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

const CONFIG = (isOpenToAll: boolean): object => ({
  appTitle: "LibreChat",
  discordLoginEnabled: false,
  facebookLoginEnabled: false,
  githubLoginEnabled: false,
  googleLoginEnabled: false,
  openidLoginEnabled: false,
  openidLabel: "Continue with OpenID",
  serverDomain: "http://localhost:3080",
  emailLoginEnabled: true,
  registrationEnabled: isOpenToAll,
  socialLoginEnabled: false,
  emailEnabled: false,
  passwordResetEnabled: false,
  socialLogins: ["github", "google"],
});
const PAGE = page("LibreChat", '<div id="root"></div>');

/** LibreChat has accounts in any case, and tells before the login whether strangers may make themselves one. */
export const LIBRECHAT = {
  id: "librechat",
  name: "LibreChat",
  kind: "front-end",
  ports: [3080],
  routes: ["api-config"],
  tells: [
    {
      id: "config",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "api-config");
        return (
          wordAt(told, "appTitle") !== null &&
          wordAt(told, "serverDomain") !== null &&
          typeof valueAt(told, "registrationEnabled") === "boolean"
        );
      },
      source: "danny-avila/LibreChat api/server/routes/config.js, buildPreLoginPayload",
      matches: [said("api-config", CONFIG(true)), said("api-config", CONFIG(false))],
      rejects: [
        said("api-config", { name: "Open WebUI", version: "0.6.5", features: { auth: true } }),
        said("api-config", { appTitle: "Another chat", registrationEnabled: true }),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root) === "LibreChat",
      source: "danny-avila/LibreChat client/index.html",
      matches: [said("root", "<title>LibreChat</title>")],
      rejects: [said("root", "<title>LibreChat against others</title>")],
    },
  ],
  facts: (evidence: Evidence) => {
    const told = objectAt(evidence, "api-config");
    if (told === null) return {};
    return { access: "login", signs: valueAt(told, "registrationEnabled") === true ? ["open-signup"] : [] };
  },
  examples: [
    {
      name: "whose doors are closed",
      replies: { root: PAGE, "api-config": json(CONFIG(false)) },
      otherwise: PAGE,
      told: { version: null, models: null, answer: "login" },
    },
    {
      name: "where strangers may sign up",
      replies: { root: PAGE, "api-config": json(CONFIG(true)) },
      otherwise: PAGE,
      told: { version: null, models: null, answer: "login", signs: ["open-signup"] },
    },
  ],
  lookAlikes: [
    {
      name: "a chat page of another make",
      replies: { root: page("LibreChat"), "api-config": json({ appTitle: "Chat", theme: "dark" }) },
      otherwise: PAGE,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
