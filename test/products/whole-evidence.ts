import { Buffer } from "node:buffer";
import { parseJson } from "../../src/format/json-guard.ts";
import { readOpenAiModels, readVersion } from "../../src/format/ollama-answers.ts";
import { readTags } from "../../src/format/ollama-tags.ts";
import type { Evidence, ExampleReply, ProductExample } from "../../src/knowledge/product.ts";
import { READ_ONLY_ROUTES } from "../../src/knowledge/read-only-routes.ts";
import type { GetRouteId } from "../../src/knowledge/read-only-routes.ts";
import type { ReadReply } from "../../src/model/reply.ts";

const GETS = Object.keys(READ_ONLY_ROUTES).filter((route): route is GetRouteId => route !== "show");

/** Everything an example would tell to somebody who asked every route of the table. */
export function wholeEvidence(example: ProductExample): Evidence {
  const replies: Partial<Record<GetRouteId, ReadReply>> = {};
  for (const route of GETS) replies[route] = readReply(example.replies[route] ?? example.otherwise);
  const parsed = (route: GetRouteId): unknown => (replies[route]?.status === 200 ? replies[route].json : undefined);
  const version = readVersion(parsed("version"));
  const tags = readTags(parsed("tags"));
  const list = readOpenAiModels(parsed("v1-models"));
  return {
    version: version.ok ? version.value : null,
    models: tags.ok ? tags.value.entries : null,
    root: replies.root?.status === 200 ? replies.root.body : null,
    owners: list.ok ? list.value.map(({ owned_by: owner }) => owner ?? "") : null,
    replies,
  };
}

/** The bytes of an example's body. */
export function exampleBody({ body }: ExampleReply): Buffer {
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

function readReply(reply: ExampleReply): ReadReply {
  const body = exampleBody(reply);
  const json = parseJson(body);
  const { status, headers = {} } = reply;
  return { status, headers, body: body.toString(), isCut: false, json: json.ok ? json.value : undefined };
}

/** What an example answers to a path. */
export function replyTo(example: ProductExample, path: string): ExampleReply {
  const route = GETS.find((one) => READ_ONLY_ROUTES[one].path === path);
  return (route === undefined ? undefined : example.replies[route]) ?? example.otherwise;
}
