import { objectAt, statusAt, textAt, titleOf, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

const CONFIG = {
  basePath: "",
  assistantName: "Assistant",
  assistantAvatar: null,
  assistantAgentId: "main",
  serverVersion: "2026.2.9",
};
const NAMES = ["OpenClaw", "Clawdbot", "Moltbot"] as const;
const PAGE = page("OpenClaw Control", "<openclaw-app></openclaw-app>");
const REFUSED = {
  status: 401,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: { error: { message: "Unauthorized", type: "unauthorized" } },
} as const;

/**
 * OpenClaw, called Clawdbot and Moltbot before. Its page is open in any case and older versions guard only the socket behind it, so a
 * page says nothing of access; newer ones refuse their configuration to strangers.
 */
export const OPENCLAW = {
  id: "openclaw",
  name: "OpenClaw",
  kind: "agent-gateway",
  ports: [18_789],
  routes: ["root", "openclaw-config"],
  tells: [
    {
      id: "config",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "openclaw-config");
        return (
          typeof valueAt(told, "basePath") === "string" &&
          wordAt(told, "assistantName") !== null &&
          wordAt(told, "assistantAgentId") !== null
        );
      },
      source: "openclaw/openclaw src/gateway/control-ui-contract.ts; AIG data/fingerprints/openclaw.yaml",
      matches: [said("openclaw-config", CONFIG)],
      rejects: [said("openclaw-config", { basePath: "", assistantName: "x" }), said("api-config", CONFIG)],
    },
    {
      id: "page",
      certain: true,
      holds: (evidence) => {
        const text = textAt(evidence, "root");
        return NAMES.some(
          (name) => titleOf(text) === `${name} Control` && text.includes(`<${name.toLowerCase()}-app>`),
        );
      },
      source: "AIG data/fingerprints/openclaw.yaml, clawdbot.yaml: the title and the page's own element",
      matches: [
        said("root", "<title>OpenClaw Control</title><openclaw-app></openclaw-app>"),
        said("root", "<title>Clawdbot Control</title><clawdbot-app></clawdbot-app>"),
      ],
      rejects: [
        said("root", "<title>OpenClaw Control</title>"),
        said("root", "<title>Blog</title><openclaw-app></openclaw-app>"),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => NAMES.some((name) => titleOf(root) === `${name} Control`),
      source: "AIG data/fingerprints/openclaw.yaml, clawdbot.yaml",
      matches: [said("root", "<title>Moltbot Control</title>")],
      rejects: [said("root", "<title>Claw control</title>")],
    },
  ],
  facts: (evidence: Evidence) => ({
    version: wordAt(objectAt(evidence, "openclaw-config"), "serverVersion"),
    access: statusAt(evidence, "openclaw-config") === 401 ? "login" : null,
  }),
  examples: [
    {
      name: "that shows its configuration",
      replies: { root: PAGE, "openclaw-config": json(CONFIG) },
      otherwise: PAGE,
      told: { version: "2026.2.9", models: null, answer: "other" },
    },
    {
      name: "that refuses its configuration",
      replies: { root: PAGE, "openclaw-config": REFUSED },
      otherwise: PAGE,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "a page about its control page",
      replies: { root: page("OpenClaw Control", "how to reach it") },
      otherwise: page("OpenClaw Control"),
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
