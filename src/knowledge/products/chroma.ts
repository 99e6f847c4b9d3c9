import { listIn, objectAt, statusAt, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import type { GetRouteId } from "../read-only-routes.ts";
import type { ReadReply } from "../../model/reply.ts";
import { FASTAPI_NOT_FOUND, json, said } from "./example-reply.ts";

const GONE = { error: "Unimplemented", message: "The v1 API is deprecated. Please use /v2 apis" };
const BEAT = { "nanosecond heartbeat": 1_768_014_245_000_000_000 };
const TRACE = { "chroma-trace-id": "0" };
const IDENTITY = { user_id: "", tenant: "default_tenant", databases: ["default_database"] };
const VERSION = (version: string): { status: number; headers: Record<string, string>; body: string } => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: `"${version}"`,
});

/** Chroma's heartbeat is open even with a login; what it takes the asker for tells whether it asks for one. */
export const CHROMA = {
  id: "chroma",
  name: "Chroma",
  kind: "vector-store",
  ports: [8000],
  routes: ["chroma-heartbeat-v1", "chroma-identity", "chroma-version"],
  tells: [
    {
      id: "heartbeat-v1",
      certain: true,
      holds: (evidence) => isBeat(evidence, "chroma-heartbeat-v1"),
      source: "chroma-core/chroma chromadb/server/fastapi, heartbeat of versions before 1.0",
      matches: [said("chroma-heartbeat-v1", BEAT)],
      rejects: [said("chroma-heartbeat-v1", { heartbeat: 1 }), said("root", BEAT)],
    },
    {
      id: "gone",
      certain: true,
      holds: (evidence) =>
        statusAt(evidence, "chroma-heartbeat-v1") === 410 &&
        wordAt(evidence.replies["chroma-heartbeat-v1"]?.json, "message")?.startsWith("The v1 API is deprecated") ===
          true,
      source: "chroma-core/chroma rust/frontend/src/server.rs, v1 routes of versions from 1.0 on",
      matches: [said("chroma-heartbeat-v1", GONE, { status: 410 })],
      rejects: [
        said("chroma-heartbeat-v1", GONE, { status: 404 }),
        said("chroma-heartbeat-v1", { message: "Gone" }, { status: 410 }),
      ],
    },
    {
      id: "trace",
      certain: false,
      holds: (evidence) =>
        (Object.values(evidence.replies) as readonly ReadReply[]).some(
          ({ headers }) => (headers["chroma-trace-id"] ?? "") !== "",
        ),
      source: "chroma-core/chroma chromadb/server/fastapi, add_trace_id_to_response_middleware",
      matches: [said("root", "", { status: 404, headers: TRACE })],
      rejects: [said("root", "", { status: 404, headers: { "x-trace-id": "0" } })],
    },
  ],
  facts: (evidence: Evidence) => {
    const version = evidence.replies["chroma-version"];
    const identity = statusAt(evidence, "chroma-identity");
    const isOpen = listIn(objectAt(evidence, "chroma-identity"), "databases") !== null;
    return {
      version: version?.status === 200 && typeof version.json === "string" ? version.json.slice(0, 32) : null,
      access: isOpen ? "open" : identity === 401 ? "login" : null,
    };
  },
  examples: [
    {
      name: "without a login",
      replies: {
        "chroma-identity": json(IDENTITY),
        "chroma-version": VERSION("1.0.15"),
        "chroma-heartbeat-v1": {
          status: 410,
          headers: { "content-type": "application/json" },
          body: GONE,
        },
      },
      otherwise: { status: 404, body: "" },
      told: { version: "1.0.15", models: null, answer: "open" },
    },
    {
      name: "with a login",
      replies: {
        "chroma-heartbeat-v1": { status: 410, headers: { "content-type": "application/json" }, body: GONE },
        "chroma-identity": {
          status: 403,
          headers: { "content-type": "application/json", server: "uvicorn" },
          body: { error: "AuthError", message: "Forbidden" },
        },
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "denied" },
    },
    {
      name: "of an older version",
      replies: { "chroma-heartbeat-v1": json(BEAT, { server: "uvicorn" }) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
  lookAlikes: [
    {
      name: "another service with a heartbeat",
      replies: { "chroma-heartbeat-v1": json({ heartbeat: 1 }) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function isBeat(evidence: Evidence, route: GetRouteId): boolean {
  const told = objectAt(evidence, route);
  const isNumber = typeof valueAt(told, "nanosecond heartbeat") === "number";
  return told !== null && Object.keys(told).length === 1 && isNumber;
}
