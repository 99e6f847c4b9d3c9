import { objectAt, titleOf, valueAt } from "../evidence.ts";
import type { Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

/** Its brand, now and before. */
const IDS: readonly unknown[] = ["lobe-hub", "lobe-chat"];
const MANIFEST = {
  id: "lobe-hub",
  name: "LobeHub",
  short_name: "LobeHub",
  start_url: "/agent",
  display: "standalone",
};
const NOT_FOUND = {
  status: 404,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!DOCTYPE html><html><head><title>404: This page could not be found.</title></head></html>",
} as const;

/** LobeHub names itself in the manifest of its page; whether it asks for a login no harmless route tells. */
export const LOBEHUB = {
  id: "lobehub",
  name: "LobeHub",
  kind: "front-end",
  ports: [3210],
  routes: ["web-manifest"],
  tells: [
    {
      id: "manifest",
      certain: true,
      holds: (evidence) => IDS.includes(valueAt(objectAt(evidence, "web-manifest"), "id")),
      source: "lobehub/lobe-chat src/app/manifest.ts: the brand's name in kebab case; julius probes/lobehub.yaml",
      matches: [said("web-manifest", MANIFEST), said("web-manifest", { ...MANIFEST, id: "lobe-chat" })],
      rejects: [said("web-manifest", { ...MANIFEST, id: "hub" }), said("root", MANIFEST)],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root).startsWith("LobeHub") || titleOf(root).startsWith("LobeChat"),
      source: "lobehub/lobe-chat src/app, metadata",
      matches: [said("root", "<title>LobeChat</title>"), said("root", "<title>LobeHub · Chat</title>")],
      rejects: [said("root", "<title>The lobe hub</title>")],
    },
  ],
  facts: () => ({}),
  examples: [
    {
      name: "any",
      replies: { root: page("LobeHub"), "web-manifest": json(MANIFEST) },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
  lookAlikes: [
    {
      name: "another page that can be installed",
      replies: { root: page("The lobe hub"), "web-manifest": json({ ...MANIFEST, id: "hub", name: "Hub" }) },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
