import { expect, test } from "vitest";
import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import { findRoute } from "./find-route.ts";

const DIGEST = `sha256:${"0a".repeat(32)}`;

test.for(Object.entries(MODEL_ROUTES))(
  "%s is found by each of its methods and by no other",
  ([id, { methods, path }]) => {
    const asked = path.replace(/:\w+$/u, id === "blob" ? DIGEST : "llama3");
    const found = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get"].filter((method) => {
      const match = findRoute(method, asked);
      if ("status" in match) expect(match.status).toBe(405);
      else expect(match).toMatchObject({ id, route: { path } });
      return !("status" in match);
    });
    expect(found.toSorted()).toEqual([...methods].toSorted());
  },
);

test.for([
  "/API/PULL",
  "/api/Pull",
  "/api/chatx",
  "/api/cha",
  "/api",
  "/api/chat/x",
  "/v1/models/a/b",
  "/v1/models/",
  "/api/blobs/",
  "/debug/pprof",
  "/metrics",
  "/api/extra/version",
  "/__proto__",
  "/constructor",
])("%s is no route", (path) => {
  expect(findRoute("POST", path)).toMatchObject({ status: 404, reason: "unknown-route" });
});

test("a blob's name must be a digest", () => {
  expect(findRoute("HEAD", `/api/blobs/${DIGEST}`)).toMatchObject({ id: "blob", parameter: DIGEST });
  expect(findRoute("HEAD", "/api/blobs/sha256:00")).toMatchObject({ status: 400, reason: "unclean-digest" });
});
