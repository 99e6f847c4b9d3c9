import { expect, test } from "vitest";
import { routeFinder } from "./route-of.ts";

const HEX = "0".repeat(64);

test.for<[string, string, string | null]>([
  ["GET", "/", "root"],
  ["HEAD", "/", "root"],
  ["POST", "/", null],
  ["GET", "/api/tags", "tags"],
  ["HEAD", "/api/tags", "tags"],
  ["POST", "/api/tags", null],
  ["OPTIONS", "/api/tags", null],
  ["get", "/api/tags", null],
  ["GET", "/api/tags/", null],
  ["GET", "//api/tags", null],
  ["GET", "/API/TAGS", null],
  ["GET", "/api/%74ags", "tags"],
  ["GET", "/api/%74ag%zz", null],
  ["POST", "/api/chat", "chat"],
  ["DELETE", "/api/delete", "delete"],
  ["POST", `/api/blobs/sha256:${HEX}`, "blob"],
  ["HEAD", `/api/blobs/sha256:${HEX}`, "blob"],
  ["GET", `/api/blobs/sha256:${HEX}`, null],
  ["POST", "/api/blobs/", null],
  ["POST", "/api/blobs/a/b", null],
  ["GET", "/v1/models", "v1-models"],
  ["GET", "/v1/models/llama3:8b", "v1-model"],
  ["GET", "/v1/models/hf.co%2Fx%2Fy", null],
  ["DELETE", "/api/user/keys/x", "user-key"],
  ["GET", `/v1/models/${"x".repeat(2000)}`, null],
  ["GET", "", null],
  ["", "/", null],
  ["__proto__", "/", null],
  ["GET", "__proto__", null],
])("%s %s", ([method, path, expected]) => {
  const find = routeFinder();
  expect(find(method, path)?.id ?? null).toBe(expected);
  expect(find(method, path)?.id ?? null).toBe(expected);
});

test("risk is the route's", () => {
  const find = routeFinder();
  expect(["/api/tags", "/api/version"].map((path) => find("GET", path)?.risk)).toEqual(["A", "A"]);
  expect(["/api/chat", "/api/show", "/api/push"].map((path) => find("POST", path)?.risk)).toEqual(["B", "C", "D"]);
});

test("a hundred thousand different paths are told right, and forgotten", () => {
  const find = routeFinder();
  let wrong = 0;
  for (let n = 0; n < 100_000; n += 1) {
    if (find("HEAD", `/api/blobs/${n}`)?.id !== "blob" || find("HEAD", `/api/blob/${n}`) !== null) wrong += 1;
  }
  expect(wrong).toBe(0);
  expect(find("GET", "/api/tags")?.id).toBe("tags");
});
