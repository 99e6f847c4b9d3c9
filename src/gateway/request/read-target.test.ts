import { expect, test } from "vitest";
import { readTarget } from "./read-target.ts";

test.for([
  ["/", null, "/", ""],
  ["/api/chat", null, "/api/chat", ""],
  ["/api/chat?ts=1764000000", null, "/api/chat", "ts=1764000000"],
  ["/v1/models/llama3:8b-instruct_q4.1", null, "/v1/models/llama3:8b-instruct_q4.1", ""],
  ["/k/corral_A-b_9/api/chat", "corral_A-b_9", "/api/chat", ""],
  ["/k/corral_A/v1/chat/completions?a=%20b", "corral_A", "/v1/chat/completions", "a=%20b"],
  ["/k/corral_A", "corral_A", "/", ""],
  ["/k/corral_A/", "corral_A", "/", ""],
] as const)("%s is read", ([raw, pathToken, path, query]) => {
  expect(readTarget(raw)).toEqual({ ok: true, value: { pathToken, path, query } });
});

test.for([
  "",
  "*",
  "http://127.0.0.1/api/chat",
  "//api/pull",
  "/api//pull",
  "/api/./pull",
  "/api/chat/../pull",
  "/api/chat/..",
  "/.",
  "/..",
  "/api/%70ull",
  "/api%2Fpull",
  "/api%2fpull",
  "/api%5cpull",
  "/api\\pull",
  "/api/pull/",
  "/api/pull;x",
  "/api/pull%00",
  "/api/pull%20",
  "/api/pull ",
  "/api/pull\t",
  "/api/pull\u0000",
  "/api/pu\u0131l",
  "/api/pull#x",
  "/api/pull?a#b",
  "/api/pull?a?b",
  "/api/pull?a b",
  "/api/pull?\u00e9",
  "/k/",
  "/k//api/pull",
  "/k/x//api/pull",
  "/k/x/api/pull/",
  `/${"a".repeat(4096)}`,
])("%j is refused: two servers could read it differently", (raw) => {
  expect(readTarget(raw)).toMatchObject({ ok: false, error: { status: 400, reason: "unclean-path" } });
});
