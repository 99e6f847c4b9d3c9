import { headerAt, listIn, objectAt, statusAt, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, said } from "./example-reply.ts";

const METHOD = { jsonrpc: "2.0", error: { code: -32_000, message: "Method not allowed." }, id: null };
const ACCEPT = {
  jsonrpc: "2.0",
  id: "server-error",
  error: { code: -32_600, message: "Not Acceptable: Client must accept text/event-stream" },
};
const JSON_TYPE = { "content-type": "application/json" };
const RESOURCE = {
  resource: "https://tools.example.net/mcp",
  authorization_servers: ["https://login.example.net"],
  bearer_methods_supported: ["header"],
};
const CHALLENGE = {
  "www-authenticate":
    'Bearer error="invalid_token", resource_metadata="https://tools.example.net/.well-known/oauth-protected-resource"',
};
const NOT_FOUND = { status: 404, headers: { "content-type": "text/plain" }, body: "Not Found" } as const;
/** How the protocol lets a server refuse a GET that asks for no stream. */
const REFUSALS: readonly (number | null)[] = [400, 405, 406];

/**
 * MCP over HTTP is told by how it refuses a plain GET. A session is never opened, so whether its tools are open to strangers stays
 * unknown unless it asks for a login: the refusal of a GET is often in front of the login.
 */
export const MCP = {
  id: "mcp",
  name: "MCP server",
  kind: "agent-gateway",
  ports: [8000],
  routes: ["mcp", "mcp-resource"],
  tells: [
    {
      id: "refusal",
      certain: true,
      holds: (evidence) => {
        const told = evidence.replies.mcp?.json;
        const isRefusal = REFUSALS.includes(statusAt(evidence, "mcp"));
        return isRefusal && valueAt(told, "jsonrpc") === "2.0" && isError(valueAt(told, "error"));
      },
      source:
        "modelcontextprotocol docs/specification 2025-11-25, transports; modelcontextprotocol/typescript-sdk, streamableHttp",
      matches: [
        said("mcp", METHOD, { status: 405 }),
        said("mcp", ACCEPT, { status: 406 }),
        said(
          "mcp",
          { ...METHOD, error: { code: -32_000, message: "Bad Request: Session ID required" } },
          { status: 400 },
        ),
      ],
      rejects: [
        said("mcp", METHOD),
        said("mcp", { error: "Method Not Allowed" }, { status: 405 }),
        said("mcp", { jsonrpc: "2.0", error: "no" }, { status: 405 }),
        said("v1-models", METHOD, { status: 405 }),
      ],
    },
    {
      id: "challenge",
      certain: true,
      holds: isChallenged,
      source: "modelcontextprotocol docs/specification 2025-06-18, authorization; RFC 9728 section 5.1",
      matches: [said("mcp", "", { status: 401, headers: CHALLENGE })],
      rejects: [
        said("mcp", "", { status: 401, headers: { "www-authenticate": "Bearer" } }),
        said("root", "", { status: 401, headers: CHALLENGE }),
        said("mcp", "", { status: 404, headers: CHALLENGE }),
      ],
    },
    {
      id: "resource",
      certain: true,
      holds: isResourceNamed,
      source: "RFC 9728 section 2; the resource is the address of an MCP endpoint",
      matches: [said("mcp-resource", RESOURCE)],
      rejects: [
        said("mcp-resource", { ...RESOURCE, resource: "https://files.example.net/" }),
        said("mcp-resource", { resource: "https://tools.example.net/mcp" }),
      ],
    },
    {
      id: "jsonrpc",
      certain: false,
      holds: (evidence) => {
        const told = evidence.replies.root?.json;
        return valueAt(told, "jsonrpc") === "2.0" && isError(valueAt(told, "error"));
      },
      source: "modelcontextprotocol docs/specification 2025-11-25: messages are JSON-RPC",
      matches: [said("root", METHOD, { status: 405 })],
      rejects: [said("root", { jsonrpc: "2.0", result: {} }), said("root", "jsonrpc")],
    },
  ],
  facts: (evidence: Evidence) => ({
    access: isChallenged(evidence) || isResourceNamed(evidence) ? "login" : null,
  }),
  examples: [
    {
      name: "that keeps no sessions",
      replies: { mcp: { status: 405, headers: JSON_TYPE, body: METHOD } },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
    {
      name: "that wants a stream to be asked for",
      replies: { mcp: { status: 406, headers: JSON_TYPE, body: ACCEPT } },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
    {
      name: "with a login",
      replies: {
        mcp: { status: 401, headers: { ...JSON_TYPE, ...CHALLENGE }, body: { error: "invalid_token" } },
        "mcp-resource": json(RESOURCE),
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "another protected resource",
      replies: { "mcp-resource": json({ ...RESOURCE, resource: "https://files.example.net/" }) },
      otherwise: { status: 401, headers: { "www-authenticate": "Bearer" }, body: "" },
      told: { version: null, models: null, answer: "login" },
    },
    {
      name: "a service that allows no GET",
      replies: {},
      otherwise: { status: 405, headers: JSON_TYPE, body: { detail: "Method Not Allowed" } },
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function isError(error: unknown): boolean {
  return typeof valueAt(error, "code") === "number" && typeof valueAt(error, "message") === "string";
}

function isChallenged(evidence: Evidence): boolean {
  const isRefused = statusAt(evidence, "mcp") === 401;
  return isRefused && headerAt(evidence, "mcp", "www-authenticate").includes("resource_metadata=");
}

function isResourceNamed(evidence: Evidence): boolean {
  const told = objectAt(evidence, "mcp-resource");
  const isEndpoint = /^https?:\/\/[^\s]{1,100}\/mcp\/?$/u.test(wordAt(told, "resource") ?? "");
  return isEndpoint && (listIn(told, "authorization_servers")?.length ?? 0) > 0;
}
