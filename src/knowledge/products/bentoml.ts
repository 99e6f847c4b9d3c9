import { isServedBy, textAt, titleOf } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

const CONTACT = '"contact":{';
const OF_CONTACT = ['"name":"BentoMLTeam"', '"email":"contact@bentoml.com"'] as const;
const DOCS = {
  openapi: "3.0.2",
  info: {
    title: "example-service",
    description: "",
    version: "None",
    contact: { name: "BentoML Team", email: "contact@bentoml.com" },
  },
  servers: [{ url: "." }],
  paths: {},
};
const NOT_FOUND = { status: 404, headers: { "content-type": "text/plain" }, body: "Not Found" } as const;

/** Any service made with BentoML describes itself with its maker as contact; the toolkit knows no login. */
export const BENTOML = {
  id: "bentoml",
  name: "BentoML service",
  kind: "platform",
  ports: [3000],
  routes: ["bentoml-docs"],
  tells: [
    {
      id: "contact",
      certain: true,
      holds: isOwnDescription,
      source: "bentoml/BentoML src/bentoml/_internal/service/openapi, generate_spec",
      matches: [said("bentoml-docs", DOCS)],
      rejects: [
        said("bentoml-docs", { openapi: "3.0.2", info: { title: "BentoML Team" } }),
        said("bentoml-docs", "contact@bentoml.com"),
        said("root", DOCS),
      ],
    },
    {
      id: "look",
      certain: false,
      holds: (evidence) =>
        isServedBy(evidence, "BentoML Service/") ||
        ["BentoML Prediction Service", "BentoML Inference Service"].includes(titleOf(evidence.root)),
      source: "public notes of scans, not seen in the source; a lead only",
      matches: [
        said("root", "<title>BentoML Prediction Service</title>"),
        said("root", "", { status: 404, headers: { server: "BentoML Service/example" } }),
      ],
      rejects: [said("root", "<title>BentoML: a review</title>")],
    },
  ],
  facts: (evidence: Evidence) => ({ access: isOwnDescription(evidence) ? "open" : null }),
  examples: [
    {
      name: "any service",
      replies: { root: page("BentoML Prediction Service"), "bentoml-docs": json(DOCS) },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "another API that describes itself there",
      replies: {
        root: page("BentoML: a review"),
        "bentoml-docs": json({ openapi: "3.0.2", info: { title: "Shop", version: "1" }, paths: {} }),
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

/** Read as text without its blanks: the whole is often longer than what is read. */
function isOwnDescription(evidence: Evidence): boolean {
  const text = textAt(evidence, "bentoml-docs").replaceAll(/\s/gu, "");
  const at = text.indexOf(CONTACT);
  if (!text.startsWith("{") || at < 0) return false;
  const contact = text.slice(at + CONTACT.length).split("}", 1)[0] ?? "";
  return OF_CONTACT.every((part) => contact.includes(part));
}
