import { objectAt, titleOf, valueAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

const CONFIG = (registerEnabled: number): object => ({ code: 0, data: { registerEnabled }, message: "success" });
const PAGE = page("RAGFlow", '<div id="root"></div>');
const SWITCH: readonly unknown[] = [0, 1, true, false];

/**
 * RAGFlow has accounts in any case and tells whether strangers may make themselves one. Its health is not asked: that GET writes an
 * object into the store behind it.
 */
export const RAGFLOW = {
  id: "ragflow",
  name: "RAGFlow",
  kind: "workflow",
  ports: [9380],
  routes: ["ragflow-config"],
  tells: [
    {
      id: "config",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "ragflow-config");
        const isOwn = valueAt(told, "code") === 0 && valueAt(told, "message") === "success";
        return isOwn && SWITCH.includes(valueAt(told, "data", "registerEnabled"));
      },
      source: "infiniflow/ragflow api/apps/system_app.py, /v1/system/config",
      matches: [said("ragflow-config", CONFIG(1)), said("ragflow-config", CONFIG(0))],
      rejects: [
        said("ragflow-config", { code: 0, data: {}, message: "success" }),
        said("ragflow-config", { registerEnabled: 1 }),
        said("ragflow-config", { code: 200, data: { registerEnabled: 1 }, message: "ok" }),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root) === "RAGFlow",
      source: "infiniflow/ragflow web; julius probes/ragflow.yaml",
      matches: [said("root", "<title>RAGFlow</title>")],
      rejects: [said("root", "<title>RAGFlow or another</title>")],
    },
  ],
  facts: (evidence: Evidence) => {
    const isOpenToAll = valueAt(objectAt(evidence, "ragflow-config"), "data", "registerEnabled");
    if (!SWITCH.includes(isOpenToAll)) return {};
    return { access: "login", signs: isOpenToAll === 1 || isOpenToAll === true ? ["open-signup"] : [] };
  },
  examples: [
    {
      name: "where strangers may sign up",
      replies: { root: PAGE, "ragflow-config": json(CONFIG(1)) },
      otherwise: PAGE,
      told: { version: null, models: null, answer: "login", signs: ["open-signup"] },
    },
    {
      name: "whose doors are closed",
      replies: { root: PAGE, "ragflow-config": json(CONFIG(0)) },
      otherwise: PAGE,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "another service with a configuration",
      replies: { "ragflow-config": json({ code: 0, data: { theme: "dark" }, message: "success" }) },
      otherwise: PAGE,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
