import { textAt, titleOf } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { GO_NOT_FOUND, page, said } from "./example-reply.ts";

const TITLE = "Milvus Management";
const ROOT = '<div id="root"></div>';
const PAGE = page(TITLE, ROOT);

/** Milvus serves its management page without a login; the store itself speaks gRPC on another port, which is not asked. */
export const MILVUS = {
  id: "milvus",
  name: "Milvus",
  kind: "vector-store",
  ports: [9091],
  routes: ["milvus-webui"],
  tells: [
    {
      id: "webui",
      certain: true,
      holds: isManagement,
      source: "milvus-io/milvus internal/http/webui/index.html, served at /webui/ alone",
      matches: [said("milvus-webui", `<title>${TITLE}</title><body>${ROOT}`)],
      rejects: [
        said("milvus-webui", "<title>Milvus Management in ten steps</title>"),
        said("root", `<title>${TITLE}</title>`),
        {
          root: `<title>${TITLE}</title>${ROOT}`,
          replies: {
            ...said("root", `<title>${TITLE}</title>${ROOT}`).replies,
            ...said("milvus-webui", `<title>${TITLE}</title>${ROOT}`).replies,
          },
        },
      ],
    },
  ],
  facts: (evidence: Evidence) => (isManagement(evidence) ? { access: "open", signs: ["management-open"] } : {}),
  examples: [
    {
      name: "its management port",
      replies: { "milvus-webui": PAGE },
      otherwise: GO_NOT_FOUND,
      told: { version: null, models: null, answer: "open", signs: ["management-open"] },
    },
  ],
  lookAlikes: [
    {
      name: "a site that answers every path with this page",
      replies: {},
      otherwise: PAGE,
      told: { version: null, models: null, answer: "other" },
    },
    {
      name: "another page below /webui/",
      replies: { "milvus-webui": page("Management") },
      otherwise: GO_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

/** The page below its own path and not at `/`: there is no better sign, so a site that says it everywhere is not believed. */
function isManagement(evidence: Evidence): boolean {
  const text = textAt(evidence, "milvus-webui");
  return titleOf(text) === TITLE && text.includes('id="root"') && titleOf(evidence.root) !== TITLE;
}
