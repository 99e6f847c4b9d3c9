import { objectAt, titleOf, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import type { ReadReply } from "../../model/reply.ts";
import { json, page, said } from "./example-reply.ts";

const VERSION = {
  agent: "SillyTavern:1.12.14:Cohee#1207",
  pkgVersion: "1.12.14",
  gitRevision: "0123456",
  gitBranch: "release",
  commitDate: "2025-05-01 00:00:00 +0000",
  isLatest: true,
};
const CHALLENGE = { "www-authenticate": 'Basic realm="SillyTavern", charset="UTF-8"' };
const REFUSED = {
  status: 401,
  headers: { "content-type": "text/html; charset=utf-8", "x-powered-by": "Express", ...CHALLENGE },
  body: "<html><head><title>Unauthorized</title></head></html>",
} as const;
const NOT_FOUND = {
  status: 404,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<html><head><title>Not found</title></head></html>",
} as const;

/** SillyTavern tells its version only to those whom it lets in, and names itself when it asks for a password. */
export const SILLYTAVERN = {
  id: "sillytavern",
  name: "SillyTavern",
  kind: "front-end",
  ports: [8000],
  routes: ["root", "plain-version"],
  tells: [
    {
      id: "agent",
      certain: true,
      holds: isLetIn,
      source: "SillyTavern/SillyTavern src/util.js, getVersion",
      matches: [said("plain-version", VERSION)],
      rejects: [said("plain-version", { version: "1.12.14" }), said("plain-version", { agent: "SillyTavern" })],
    },
    {
      id: "realm",
      certain: true,
      holds: isChallenged,
      source: "SillyTavern/SillyTavern src/middleware/basicAuth.js",
      matches: [said("root", "", { status: 401, headers: CHALLENGE })],
      rejects: [
        said("root", "", { status: 401, headers: { "www-authenticate": 'Basic realm="tavern"' } }),
        said("root", "", { headers: CHALLENGE }),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root) === "SillyTavern",
      source: "SillyTavern/SillyTavern public/index.html",
      matches: [said("root", "<title>SillyTavern</title>")],
      rejects: [said("root", "<title>A silly tavern</title>")],
    },
  ],
  facts: (evidence: Evidence) => ({
    version: wordAt(objectAt(evidence, "plain-version"), "pkgVersion"),
    access: isLetIn(evidence) ? "open" : isChallenged(evidence) ? "login" : null,
  }),
  examples: [
    {
      name: "without a password",
      replies: { root: page("SillyTavern"), "plain-version": json(VERSION) },
      otherwise: NOT_FOUND,
      told: { version: "1.12.14", models: null, answer: "open" },
    },
    {
      name: "with a password",
      replies: {},
      otherwise: REFUSED,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "a page of that name",
      replies: { root: page("SillyTavern"), "plain-version": json({ version: "1.12.14" }) },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

/** `/version` stands behind every guard it has. */
function isLetIn(evidence: Evidence): boolean {
  const told = objectAt(evidence, "plain-version");
  return (wordAt(told, "agent") ?? "").startsWith("SillyTavern:") && wordAt(told, "pkgVersion") !== null;
}

function isChallenged(evidence: Evidence): boolean {
  return (Object.values(evidence.replies) as readonly ReadReply[]).some(
    ({ status, headers }) =>
      status === 401 && (headers["www-authenticate"] ?? "").startsWith('Basic realm="SillyTavern"'),
  );
}
