import { objectAt, titleOf, valueAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

const CONFIG = (isGuarded: boolean): object => ({
  needCode: isGuarded,
  hideUserApiKey: false,
  disableGPT4: false,
  hideBalanceQuery: true,
  disableFastLink: false,
  customModels: "",
  defaultModel: "",
});
const PAGE = page("NextChat");
const NOT_FOUND = {
  status: 404,
  headers: { "content-type": "text/html; charset=utf-8", "x-powered-by": "Next.js" },
  body: "<!DOCTYPE html><html><head><title>404: This page could not be found.</title></head></html>",
} as const;

/** NextChat says openly whether it asks for an access code. */
export const NEXTCHAT = {
  id: "nextchat",
  name: "NextChat",
  kind: "front-end",
  ports: [3000],
  routes: ["api-config"],
  tells: [
    {
      id: "config",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "api-config");
        return typeof valueAt(told, "needCode") === "boolean" && typeof valueAt(told, "hideUserApiKey") === "boolean";
      },
      source: "ChatGPTNextWeb/NextChat app/api/config/route.ts; julius probes/nextchat.yaml",
      matches: [said("api-config", CONFIG(true)), said("api-config", CONFIG(false))],
      rejects: [
        said("api-config", { needCode: true }),
        said("api-config", { needCode: "yes", hideUserApiKey: "no" }),
        said("root", CONFIG(true)),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root) === "NextChat" || titleOf(root) === "ChatGPT Next Web",
      source: "ChatGPTNextWeb/NextChat app/layout.tsx",
      matches: [said("root", "<title>NextChat</title>")],
      rejects: [said("root", "<title>The next chat</title>")],
    },
  ],
  facts: (evidence: Evidence) => {
    const needsCode = valueAt(objectAt(evidence, "api-config"), "needCode");
    return {
      access: needsCode === true ? "login" : needsCode === false ? "open" : null,
      signs: needsCode === false ? ["auth-disabled"] : [],
    };
  },
  examples: [
    {
      name: "without an access code",
      replies: { root: PAGE, "api-config": json(CONFIG(false)) },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "open", signs: ["auth-disabled"] },
    },
    {
      name: "with an access code",
      replies: { root: PAGE, "api-config": json(CONFIG(true)) },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "another page that needs a code",
      replies: { root: PAGE, "api-config": json({ needCode: true, theme: "dark" }) },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
