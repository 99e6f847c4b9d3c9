import { Buffer } from "node:buffer";
import { textAt, titleOf } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { EXPRESS_NOT_FOUND, said } from "./example-reply.ts";

const REST_TAG = '<meta name="n8n:config:rest-endpoint" content="';
const SENTRY_TAG = '<meta name="n8n:config:sentry" content="';
const MOST_ENCODED = 1_024;
const RELEASE = /"release":"n8n@(\d[0-9A-Za-z.-]{1,31})"/u;
const SENTRY = Buffer.from('{"dsn":"","environment":"production","release":"n8n@1.110.1"}').toString("base64");
const PAGE =
  '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8" />' +
  `${REST_TAG}cmVzdA=="><meta name="n8n:config:sentry" content="${SENTRY}">` +
  '<title>n8n.io - Workflow Automation</title></head><body><div id="app"></div></body></html>';
const HTML = { "content-type": "text/html; charset=utf-8" };

/**
 * n8n hands its page settings in meta fields, the release among them. Versions that do so always have accounts; whether the first one
 * was made only `/rest/settings` tells, which is not asked: it is not known to be harmless.
 */
export const N8N = {
  id: "n8n",
  name: "n8n",
  kind: "workflow",
  ports: [5678],
  routes: ["root"],
  tells: [
    {
      id: "meta",
      certain: true,
      holds: (evidence) => textAt(evidence, "root").includes(REST_TAG),
      source: "n8n-io/n8n packages/cli/src/commands/start.ts, generateConfigTags",
      matches: [said("root", PAGE)],
      rejects: [
        said("root", "<title>n8n.io - Workflow Automation</title>"),
        said("root", "<p>look for n8n:config:rest-endpoint"),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root) === "n8n.io - Workflow Automation",
      source: "n8n-io/n8n packages/editor-ui/index.html",
      matches: [said("root", "<title>n8n.io - Workflow Automation</title>")],
      rejects: [said("root", "<title>Learn n8n</title>")],
    },
  ],
  facts: (evidence: Evidence) => {
    const text = textAt(evidence, "root");
    return { version: releaseIn(text), access: text.includes(REST_TAG) ? "login" : null };
  },
  examples: [
    {
      name: "with its settings in the page",
      replies: { root: { status: 200, headers: HTML, body: PAGE } },
      otherwise: EXPRESS_NOT_FOUND,
      told: { version: "1.110.1", models: null, answer: "login" },
    },
    {
      name: "that keeps its release to itself",
      replies: { root: { status: 200, headers: HTML, body: `<html><head>${REST_TAG}cmVzdA=="></head></html>` } },
      otherwise: EXPRESS_NOT_FOUND,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "a page about n8n",
      replies: {
        root: { status: 200, headers: HTML, body: "<title>n8n.io - Workflow Automation</title><p>n8n:config:sentry" },
      },
      otherwise: EXPRESS_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

/** The version in the page's settings; `null` when they hold none. */
function releaseIn(page: string): string | null {
  const at = page.indexOf(SENTRY_TAG);
  if (at < 0) return null;
  const encoded = page.slice(at + SENTRY_TAG.length, at + SENTRY_TAG.length + MOST_ENCODED).split('"', 1)[0] ?? "";
  return RELEASE.exec(Buffer.from(encoded, "base64").toString("latin1"))?.[1] ?? null;
}
