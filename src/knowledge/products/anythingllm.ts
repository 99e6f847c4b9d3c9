import { objectAt, titleOf, valueAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

const PAGE = page("AnythingLLM | Your personal LLM trained on anything", '<div id="root"></div>');
const SETTINGS = (isGuarded: boolean, isMultiUser: boolean): object => ({
  results: {
    RequiresAuth: isGuarded,
    AuthToken: isGuarded,
    JWTSecret: isGuarded,
    StorageDir: "/app/server/storage",
    MultiUserMode: isMultiUser,
    VectorDB: "lancedb",
    LLMProvider: "ollama",
    OllamaLLMModelPref: "example-chat",
  },
});

/** AnythingLLM tells strangers whether it asks for a password or has accounts. What it prefers to chat with is no list of models. */
export const ANYTHINGLLM = {
  id: "anythingllm",
  name: "AnythingLLM",
  kind: "front-end",
  ports: [3001],
  routes: ["anythingllm-setup"],
  tells: [
    {
      id: "setup",
      certain: true,
      holds: (evidence) => {
        const results = valueAt(objectAt(evidence, "anythingllm-setup"), "results");
        return (
          typeof valueAt(results, "RequiresAuth") === "boolean" &&
          typeof valueAt(results, "MultiUserMode") === "boolean" &&
          typeof valueAt(results, "VectorDB") === "string"
        );
      },
      source: "Mintplex-Labs/anything-llm server/models/systemSettings.js, currentSettings",
      matches: [said("anythingllm-setup", SETTINGS(false, false)), said("anythingllm-setup", SETTINGS(true, true))],
      rejects: [
        said("anythingllm-setup", { results: { RequiresAuth: "no", MultiUserMode: "no" } }),
        said("anythingllm-setup", { online: true }),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root).startsWith("AnythingLLM"),
      source: "Mintplex-Labs/anything-llm server/utils/boot/MetaGenerator.js",
      matches: [said("root", "<title>AnythingLLM | Your personal LLM trained on anything</title>")],
      rejects: [said("root", "<title>We tried AnythingLLM</title>")],
    },
  ],
  facts: (evidence: Evidence) => {
    const results = valueAt(objectAt(evidence, "anythingllm-setup"), "results");
    const [isGuarded, isMultiUser] = [valueAt(results, "RequiresAuth"), valueAt(results, "MultiUserMode")];
    if (isGuarded === true || isMultiUser === true) return { access: "login" };
    const isOpen = isGuarded === false && isMultiUser === false;
    return { access: isOpen ? "open" : null, signs: isOpen ? ["auth-disabled"] : [] };
  },
  examples: [
    {
      name: "without a password",
      replies: { root: PAGE, "anythingllm-setup": json(SETTINGS(false, false)) },
      otherwise: PAGE,
      told: { version: null, models: null, answer: "open", signs: ["auth-disabled"] },
    },
    {
      name: "with a password",
      replies: { root: PAGE, "anythingllm-setup": json(SETTINGS(true, false)) },
      otherwise: PAGE,
      told: { version: null, models: null, answer: "login" },
    },
    {
      name: "with accounts",
      replies: { root: PAGE, "anythingllm-setup": json(SETTINGS(false, true)) },
      otherwise: PAGE,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "another setup page",
      replies: { "anythingllm-setup": json({ results: { complete: true } }) },
      otherwise: page("We tried AnythingLLM"),
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
