import { objectAt, statusAt, textAt, titleOf, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

const PAGE = page("Flowise - Build AI Agents, Visually");
const PONG = { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: "pong" } as const;
const VERSION = { version: "3.0.5" };
const BOTH = (ping: string, version: object): Partial<Evidence> => ({
  replies: { ...said("flowise-ping", ping).replies, ...said("api-v1-version", version).replies },
});

/** Flowise answers a ping and tells its version to anybody; its list of flows tells by the status alone whether it asks for a login. */
export const FLOWISE = {
  id: "flowise",
  name: "Flowise",
  kind: "workflow",
  ports: [3000],
  routes: ["flowise-ping", "api-v1-version", "flowise-flows"],
  tells: [
    {
      id: "ping-and-version",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "api-v1-version");
        const isVersion = told !== null && Object.keys(told).length === 1 && wordAt(told, "version") !== null;
        return isVersion && textAt(evidence, "flowise-ping") === "pong";
      },
      source: "FlowiseAI/Flowise packages/server/src/routes/ping, routes/versions",
      matches: [BOTH("pong", VERSION)],
      rejects: [
        BOTH("<p>pong", VERSION),
        BOTH("pong", { version: "1.5.0", package: "Langflow" }),
        said("flowise-ping", "pong"),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root).startsWith("Flowise - "),
      source: "FlowiseAI/Flowise packages/ui/index.html; google/tsunami, Flowise detector",
      matches: [said("root", "<title>Flowise - Build AI Agents, Visually</title>")],
      rejects: [said("root", "<title>Notes on Flowise</title>")],
    },
  ],
  facts: (evidence: Evidence) => {
    const flows = statusAt(evidence, "flowise-flows");
    const isOpen = textAt(evidence, "flowise-flows").startsWith("[");
    return {
      version: wordAt(objectAt(evidence, "api-v1-version"), "version"),
      access: isOpen ? "open" : flows === 401 ? "login" : null,
    };
  },
  examples: [
    {
      name: "without a login",
      replies: {
        root: PAGE,
        "flowise-ping": PONG,
        "api-v1-version": json({ version: "2.2.4" }),
        "flowise-flows": { status: 200, headers: { "content-type": "application/json; charset=utf-8" }, body: "[]" },
      },
      otherwise: PAGE,
      told: { version: "2.2.4", models: null, answer: "open" },
    },
    {
      name: "with a login",
      replies: {
        root: PAGE,
        "flowise-ping": PONG,
        "api-v1-version": json(VERSION),
        "flowise-flows": {
          status: 401,
          headers: { "content-type": "application/json; charset=utf-8" },
          body: { error: "Unauthorized Access" },
        },
      },
      otherwise: PAGE,
      told: { version: "3.0.5", models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "another service that answers a ping",
      replies: { "flowise-ping": PONG, "api-v1-version": json({ version: "1", build: "x" }) },
      otherwise: page("Notes on Flowise"),
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
