import { objectAt, statusAt, titleOf, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

const AIOHTTP = { server: "Python/3.12 aiohttp/3.11.16" };
const VERSION = {
  version: "4",
  ray_version: "2.49.1",
  ray_commit: "0123456789abcdef0123456789abcdef01234567",
  session_name: "session_2026-01-10_03-04-05_000000_1",
};
const MODES = ["disabled", "token", "k8s"];
const NOT_FOUND = {
  status: 404,
  headers: { "content-type": "text/plain; charset=utf-8", ...AIOHTTP },
  body: "404: Not Found",
} as const;
const REFUSED = {
  status: 401,
  headers: { "content-type": "text/plain; charset=utf-8", ...AIOHTTP },
  body: "Unauthorized: Missing authentication token",
} as const;

/** Ray's dashboard, which runs any job for whoever reaches it; with a token only its page and the mode of login stay open. */
export const RAY = {
  id: "ray",
  name: "Ray",
  kind: "platform",
  ports: [8265],
  routes: ["ray-auth", "version"],
  tells: [
    {
      id: "version",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "version");
        return wordAt(told, "ray_version") !== null && wordAt(told, "ray_commit") !== null;
      },
      source: "ray-project/ray python/ray/dashboard/modules/job/job_head.py, get_version",
      matches: [said("version", VERSION)],
      rejects: [said("version", { version: "4" }), said("version", { version: "1.0", ray_version: "2.49.1" })],
    },
    {
      id: "authentication-mode",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "ray-auth");
        const mode = wordAt(told, "authentication_mode");
        return mode !== null && MODES.includes(mode) && told !== null && Object.keys(told).length === 1;
      },
      source: "ray-project/ray python/ray/dashboard/http_server_head.py, get_authentication_mode",
      matches: [
        said("ray-auth", { authentication_mode: "token" }),
        said("ray-auth", { authentication_mode: "disabled" }),
      ],
      rejects: [
        said("ray-auth", { authentication_mode: "ldap" }),
        said("ray-auth", { authentication_mode: "token", realm: "example" }),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root) === "Ray Dashboard",
      source: "ray-project/ray python/ray/dashboard/client/public/index.html",
      matches: [said("root", "<html><head><title>Ray Dashboard</title>")],
      rejects: [said("root", "<title>X-Ray Dashboard</title>")],
    },
    {
      id: "refusal",
      certain: false,
      holds: (evidence) => evidence.replies.version?.body === REFUSED.body && statusAt(evidence, "version") === 401,
      source: "ray-project/ray python/ray/_private/authentication: words that others use too",
      matches: [said("version", REFUSED.body, { status: 401 })],
      rejects: [said("version", { error: REFUSED.body }, { status: 401 })],
    },
  ],
  facts,
  examples: [
    {
      name: "without a token",
      replies: {
        root: page("Ray Dashboard"),
        version: json(VERSION, AIOHTTP),
        "ray-auth": json({ authentication_mode: "disabled" }, AIOHTTP),
      },
      otherwise: NOT_FOUND,
      told: { version: "2.49.1", models: null, answer: "open", signs: ["auth-disabled"] },
    },
    {
      name: "older, that knows no login",
      replies: {
        root: page("Ray Dashboard"),
        version: json({ ...VERSION, ray_version: "2.9.3" }, AIOHTTP),
      },
      otherwise: NOT_FOUND,
      told: { version: "2.9.3", models: null, answer: "open" },
    },
    {
      name: "with a token",
      replies: { root: page("Ray Dashboard"), "ray-auth": json({ authentication_mode: "token" }, AIOHTTP) },
      otherwise: REFUSED,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "a page about Ray's dashboard",
      replies: { root: page("Ray Dashboard"), version: json({ version: "4" }, AIOHTTP) },
      otherwise: NOT_FOUND,
      told: { version: "4", models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const version = wordAt(objectAt(evidence, "version"), "ray_version");
  const mode = valueAt(objectAt(evidence, "ray-auth"), "authentication_mode");
  const isOpen = version !== null || mode === "disabled";
  return {
    version,
    access: isOpen ? "open" : mode === undefined ? null : "login",
    signs: mode === "disabled" ? ["auth-disabled"] : [],
  };
}
