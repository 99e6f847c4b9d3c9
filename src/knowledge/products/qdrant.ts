import { objectAt, statusAt, textAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, said } from "./example-reply.ts";

const TITLE = "qdrant - vector search engine";
const ROOT = { title: TITLE, version: "1.15.4", commit: "0123456789abcdef0123456789abcdef01234567" };
const NOT_FOUND = { status: 404, body: "" } as const;

/** Qdrant names itself at `/`, even with a key; `/collections` tells whether it asks for one. */
export const QDRANT = {
  id: "qdrant",
  name: "Qdrant",
  kind: "vector-store",
  ports: [6333],
  routes: ["root", "qdrant-collections"],
  tells: [
    {
      id: "title",
      certain: true,
      holds: (evidence) => wordAt(objectAt(evidence, "root"), "title") === TITLE,
      source: "qdrant/qdrant src/actix/api/service_api.rs, /",
      matches: [said("root", ROOT)],
      rejects: [said("root", `<title>${TITLE}</title>`), said("root", { title: "a page on vector search" })],
    },
  ],
  facts,
  examples: [
    {
      name: "without a key",
      replies: {
        root: json(ROOT),
        "qdrant-collections": json({ result: { collections: [] }, status: "ok", time: 0.000_01 }),
      },
      otherwise: NOT_FOUND,
      told: { version: "1.15.4", models: null, answer: "open" },
    },
    {
      name: "with a key",
      replies: {
        root: json(ROOT),
        "qdrant-collections": {
          status: 401,
          headers: { "content-type": "text/plain" },
          body: "Must provide an API key or an Authorization bearer token",
        },
      },
      otherwise: NOT_FOUND,
      told: { version: "1.15.4", models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "a page about Qdrant",
      replies: { root: { status: 200, headers: { "content-type": "text/html" }, body: `<title>${TITLE}</title>` } },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const isOpen = statusAt(evidence, "qdrant-collections") === 200 && textAt(evidence, "qdrant-collections") !== "";
  return { version: wordAt(objectAt(evidence, "root"), "version"), access: isOpen ? "open" : null };
}
