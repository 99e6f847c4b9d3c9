import { expect, test } from "vitest";
import { judgePage } from "./origins.ts";

const PAGE = "https://chat.example.org";
const ALLOWED = new Set([PAGE, "app://obsidian.md"]);

test.for<[string, string, readonly string[], string]>([
  ["no page", "POST", ["Host", "x"], "none"],
  ["an allowed page", "POST", ["Origin", PAGE], "allowed"],
  ["an app", "POST", ["ORIGIN", "app://obsidian.md"], "allowed"],
  ["its browser's question", "OPTIONS", ["Origin", PAGE, "Access-Control-Request-Method", "POST"], "preflight"],
  ["OPTIONS that asks nothing", "OPTIONS", ["Origin", PAGE], "allowed"],
  ["a question that is none", "POST", ["Origin", PAGE, "Access-Control-Request-Method", "POST"], "allowed"],
  ["another page", "POST", ["Origin", "https://evil.example"], "denied"],
  [
    "another page's question",
    "OPTIONS",
    ["Origin", "https://evil.example", "Access-Control-Request-Method", "POST"],
    "denied",
  ],
  ["another scheme", "POST", ["Origin", "http://chat.example.org"], "denied"],
  ["another port", "POST", ["Origin", `${PAGE}:8443`], "denied"],
  ["a longer name", "POST", ["Origin", `${PAGE}.evil.example`], "denied"],
  ["a shorter name", "POST", ["Origin", "https://example.org"], "denied"],
  ["letter case", "POST", ["Origin", "https://CHAT.example.org"], "denied"],
  ["a sandbox", "POST", ["Origin", "null"], "denied"],
  ["nothing", "POST", ["Origin", ""], "denied"],
  ["two origins", "POST", ["Origin", PAGE, "Origin", PAGE], "denied"],
  ["two, the other first", "POST", ["origin", "https://evil.example", "Origin", PAGE], "denied"],
])("%s", ([, method, raw, kind]) => {
  expect(judgePage(method, raw, ALLOWED).kind).toBe(kind);
});

test.for<[string | null, string]>([
  ["authorization,x-stainless-os", "authorization,x-stainless-os"],
  [null, "authorization, content-type, x-api-key"],
  ["", "authorization, content-type, x-api-key"],
  ["a\u00e9", "authorization, content-type, x-api-key"],
  ["x;y", "authorization, content-type, x-api-key"],
  ["x".repeat(2049), "authorization, content-type, x-api-key"],
])("a browser that wants to send %j may send %j", ([wanted, granted]) => {
  const raw = ["Origin", PAGE, "Access-Control-Request-Method", "POST"];
  const verdict = judgePage(
    "OPTIONS",
    wanted === null ? raw : [...raw, "Access-Control-Request-Headers", wanted],
    ALLOWED,
  );
  expect(verdict).toEqual({
    kind: "preflight",
    headers: [
      "access-control-allow-origin",
      PAGE,
      "vary",
      "Origin, Access-Control-Request-Headers, Access-Control-Request-Private-Network",
      "access-control-allow-methods",
      "GET, HEAD, POST, DELETE",
      "access-control-allow-headers",
      granted,
      "access-control-max-age",
      "600",
    ],
  });
});
