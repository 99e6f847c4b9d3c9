import { objectAt, textAt, titleOf, valueAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import type { ReadReply } from "../../model/reply.ts";
import { json, said } from "./example-reply.ts";

const API = { "x-version": "1.4.0", "x-env": "PRODUCTION" };
const STEPS: readonly unknown[] = ["finished", "not_started"];
const SETUP_KEYS: ReadonlySet<string> = new Set(["step", "setup_at"]);
const REFUSED = { code: "not_found", message: "The requested URL was not found on the server.", status: 404 };
const API_NOT_FOUND = {
  status: 404,
  headers: { "content-type": "application/json", ...API },
  body: REFUSED,
} as const;
const TO_APPS = { status: 307, headers: { location: "/apps" }, body: "/apps" } as const;
const WEB_NOT_FOUND = {
  status: 404,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: '<!DOCTYPE html><html><body data-api-prefix="/console/api" data-public-edition="SELF_HOSTED">Not found</body></html>',
} as const;

/** Dify puts version and environment into every header of its API; the console tells whether its first account was made. */
export const DIFY = {
  id: "dify",
  name: "Dify",
  kind: "workflow",
  ports: [5001],
  routes: ["dify-setup"],
  tells: [
    {
      id: "setup",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "dify-setup");
        return told !== null && STEPS.includes(told["step"]) && Object.keys(told).every((key) => SETUP_KEYS.has(key));
      },
      source: "langgenius/dify api/controllers/console/setup.py, SetupApi.get",
      matches: [
        said("dify-setup", { step: "not_started" }),
        said("dify-setup", { step: "finished", setup_at: "2026-01-10T03:04:05" }),
      ],
      rejects: [said("dify-setup", { step: 1 }), said("dify-setup", { step: "finished", wizard: true })],
    },
    {
      id: "api-headers",
      certain: false,
      holds: (evidence) => apiVersion(evidence) !== null,
      source: "langgenius/dify api/extensions/ext_app_metrics.py",
      matches: [said("v1-models", REFUSED, { status: 404, headers: API })],
      rejects: [said("v1-models", REFUSED, { status: 404, headers: { "x-version": "1.4.0" } })],
    },
    {
      id: "page",
      certain: false,
      holds: (evidence) =>
        titleOf(evidence.root) === "Dify" ||
        textAt(evidence, "root").includes(" data-public-edition=") ||
        (evidence.replies.root?.status === 307 && evidence.replies.root.headers["location"] === "/apps"),
      source: "AIG data/fingerprints/dify.yaml; langgenius/dify web/app/layout.tsx, web/next.config.js",
      matches: [
        said("root", "<title>Dify</title>"),
        said("root", '<body data-public-edition="SELF_HOSTED">'),
        said("root", "/apps", { status: 307, headers: { location: "/apps" } }),
      ],
      rejects: [
        said("root", "<title>How to Dify</title>"),
        said("root", "/login", { status: 307, headers: { location: "/login" } }),
      ],
    },
  ],
  facts: (evidence: Evidence) => {
    const step = valueAt(objectAt(evidence, "dify-setup"), "step");
    return {
      version: apiVersion(evidence),
      access: step === undefined ? null : "login",
      signs: step === "not_started" ? ["no-admin"] : [],
    };
  },
  examples: [
    {
      name: "behind its proxy, with an administrator",
      replies: {
        root: TO_APPS,
        "v1-models": API_NOT_FOUND,
        "dify-setup": json({ step: "finished", setup_at: "2026-01-10T03:04:05" }, API),
      },
      otherwise: WEB_NOT_FOUND,
      told: { version: "1.4.0", models: null, answer: "login" },
    },
    {
      name: "its API alone, before the first account was made",
      replies: { "dify-setup": json({ step: "not_started" }, API) },
      otherwise: API_NOT_FOUND,
      told: { version: "1.4.0", models: null, answer: "login", signs: ["no-admin"] },
    },
  ],
  lookAlikes: [
    {
      name: "another API that puts its version into the header",
      replies: { "dify-setup": json({ step: "finished", wizard: true }, API) },
      otherwise: { status: 404, headers: API, body: "" },
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

const VERSION = /^\d[0-9A-Za-z.+-]{1,31}$/u;

/** The version in the header of any answer of the API; `null` when none bears both fields. */
function apiVersion(evidence: Evidence): string | null {
  for (const { headers } of Object.values(evidence.replies) as readonly ReadReply[]) {
    const version = headers["x-version"] ?? "";
    if (VERSION.test(version) && (headers["x-env"] ?? "") !== "") return version;
  }
  return null;
}
