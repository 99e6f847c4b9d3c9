import { objectAt, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import type { ReadReply } from "../../model/reply.ts";
import { json, said } from "./example-reply.ts";

const META = { hostname: "http://[::]:8080", modules: {}, version: "1.31.2" };
const LINKS = { links: { href: "/v1", name: "api v1" } };
const REFUSAL = { code: 401, message: "anonymous access not enabled, please provide an auth scheme such as OIDC" };
const REFUSED = { status: 401, headers: { "content-type": "application/json" }, body: REFUSAL } as const;
const NOT_FOUND = {
  status: 404,
  headers: { "content-type": "application/json" },
  body: { code: 404, message: "path / was not found" },
} as const;

/** Weaviate tells host, modules and version together to anybody whom it lets in; with a login it refuses in words of its own. */
export const WEAVIATE = {
  id: "weaviate",
  name: "Weaviate",
  kind: "vector-store",
  ports: [8080],
  routes: ["weaviate-meta"],
  tells: [
    {
      id: "meta",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "weaviate-meta");
        const modules = valueAt(told, "modules");
        const hasModules = typeof modules === "object" && modules !== null && !Array.isArray(modules);
        return hasModules && wordAt(told, "version") !== null && wordAt(told, "hostname") !== null;
      },
      source: "weaviate/weaviate docs, REST API /v1/meta",
      matches: [said("weaviate-meta", META)],
      rejects: [
        said("weaviate-meta", { version: "1.31.2" }),
        said("weaviate-meta", { ...META, modules: [] }),
        said("weaviate-meta", { version: "1", modules: {} }),
      ],
    },
    {
      id: "anonymous-refused",
      certain: true,
      holds: isAnonymousRefused,
      source: "weaviate/weaviate usecases/auth/authentication/anonymous/middleware.go",
      matches: [said("weaviate-meta", REFUSAL, { status: 401 }), said("v1-models", REFUSAL, { status: 401 })],
      rejects: [
        said("weaviate-meta", { code: 401, message: "unauthorized" }, { status: 401 }),
        said("weaviate-meta", REFUSAL),
      ],
    },
    {
      id: "links",
      certain: false,
      holds: (evidence) => valueAt(objectAt(evidence, "root"), "links", "href") === "/v1",
      source: "weaviate/weaviate adapters/handlers/rest, root",
      matches: [said("root", LINKS)],
      rejects: [said("root", { links: { href: "/v2" } })],
    },
  ],
  facts: (evidence: Evidence) => {
    const told = objectAt(evidence, "weaviate-meta");
    const access = isAnonymousRefused(evidence) ? "login" : told === null ? null : "open";
    return { version: wordAt(told, "version"), access };
  },
  examples: [
    {
      name: "without a login",
      replies: { root: json(LINKS), "weaviate-meta": json(META) },
      otherwise: NOT_FOUND,
      told: { version: "1.31.2", models: null, answer: "open" },
    },
    {
      name: "with a login",
      replies: { "weaviate-meta": REFUSED },
      otherwise: REFUSED,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "another service that describes itself",
      replies: { "weaviate-meta": json({ version: "1.31.2", modules: [] }) },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function isAnonymousRefused(evidence: Evidence): boolean {
  return (Object.values(evidence.replies) as readonly ReadReply[]).some(
    ({ status, json: told }) =>
      status === 401 &&
      valueAt(told, "code") === 401 &&
      (wordAt(told, "message") ?? "").startsWith("anonymous access not enabled"),
  );
}
