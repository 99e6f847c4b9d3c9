import { headerAt, textAt, titleOf } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { page, said } from "./example-reply.ts";

const PLAIN = { "content-type": "text/html; charset=utf-8" };
const NUMBER = /^[0-9]{1,4}\.[0-9]{1,4}\.[0-9a-z.]{1,20}$/u;
const REALM = 'Basic realm="mlflow"';
const REFUSED = {
  status: 401,
  headers: { ...PLAIN, "www-authenticate": REALM },
  body: "You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html on how to authenticate.",
} as const;
const NOT_FOUND = {
  status: 404,
  headers: PLAIN,
  body: "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n",
} as const;

/** MLflow's tracking server: its page and its bare version together tell it, or the realm of its login. */
export const MLFLOW = {
  id: "mlflow",
  name: "MLflow",
  kind: "platform",
  ports: [5000],
  routes: ["plain-version"],
  tells: [
    {
      id: "page-and-version",
      certain: true,
      holds: (evidence) => titleOf(evidence.root) === "MLflow" && versionOf(evidence) !== null,
      source: "mlflow/mlflow mlflow/server/js/public/index.html; mlflow/server/__init__.py, /version",
      matches: [both("<!doctype html><title>MLflow</title>", "3.4.0")],
      rejects: [
        both("<!doctype html><title>MLflow</title>", { version: "3.4.0" }),
        both("<!doctype html><title>MLflow at work</title>", "3.4.0"),
        said("plain-version", "3.4.0"),
      ],
    },
    {
      id: "realm",
      certain: true,
      holds: (evidence) => isRefused(evidence),
      source: "mlflow/mlflow mlflow/server/auth/__init__.py, make_basic_auth_response",
      matches: [said("root", REFUSED.body, REFUSED), said("version", REFUSED.body, REFUSED)],
      rejects: [
        said("root", REFUSED.body, { status: 401, headers: { "www-authenticate": 'Basic realm="login"' } }),
        said("root", REFUSED.body, { status: 401 }),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root) === "MLflow",
      source: "mlflow/mlflow mlflow/server/js/public/index.html",
      matches: [said("root", "<!doctype html><title>MLflow</title>")],
      rejects: [said("root", "<title>MLflow at work</title>")],
    },
  ],
  facts: (evidence: Evidence) => {
    const version = versionOf(evidence);
    return { version, access: isRefused(evidence) ? "login" : version === null ? null : "open" };
  },
  examples: [
    {
      name: "without a login",
      replies: { root: page("MLflow"), "plain-version": { status: 200, headers: PLAIN, body: "3.4.0" } },
      otherwise: NOT_FOUND,
      told: { version: "3.4.0", models: null, answer: "open" },
    },
    {
      name: "with a login",
      replies: {},
      otherwise: REFUSED,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "a page of the same title whose version is JSON",
      replies: {
        root: page("MLflow"),
        "plain-version": { status: 200, headers: { "content-type": "application/json" }, body: { version: "1.0.0" } },
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function versionOf(evidence: Evidence): string | null {
  const text = textAt(evidence, "plain-version").trim();
  return NUMBER.test(text) ? text : null;
}

function isRefused(evidence: Evidence): boolean {
  return (["root", "version", "tags", "v1-models", "plain-version"] as const).some(
    (route) => evidence.replies[route]?.status === 401 && headerAt(evidence, route, "www-authenticate") === REALM,
  );
}

function both(root: string, version: string | object): Partial<Evidence> {
  return { root, replies: { ...said("root", root).replies, ...said("plain-version", version).replies } };
}
