import { expect, test } from "vitest";
import { ToolGuard } from "./tool-guard.ts";

const GUARD = new ToolGuard({
  allow: ["*"],
  arguments: {
    read: {
      type: "object",
      properties: { path: { type: "string", pattern: "^/srv/[a-z]*$" }, list: { uniqueItems: true }, any: {} },
      patternProperties: { "^x-[a-z]*$": { type: "number" } },
    },
    lost: { $ref: "#/$defs/nowhere" },
  },
});

test.for<[string, unknown, boolean]>([
  ["what fits", { path: "/srv/a" }, true],
  ["what fits, as text", '{"path":"/srv/a"}', true],
  ["what does not", { path: "/etc/a" }, false],
  ["a text as long as may be tried", { path: `/srv/${"a".repeat(4091)}` }, true],
  ["a longer one", { path: `/srv/${"a".repeat(4092)}` }, false],
  ["a long text that no pattern binds", { any: "a".repeat(100_000) }, true],
  ["more text than is judged, in an object", { any: "a".repeat(300_000) }, false],
  ["more text than is judged, as text", JSON.stringify({ any: "a".repeat(300_000) }), false],
  ["a key as long as may be tried", { [`x-${"a".repeat(254)}`]: 1 }, true],
  ["a longer key", { ["y".repeat(257)]: 1 }, false],
  ["a long list", { list: Array.from({ length: 1024 }, (_, at) => at) }, true],
  ["a longer one", { list: Array.from({ length: 1025 }, (_, at) => at) }, false],
  ["no JSON", "{", false],
])("%s", ([, value, allows]) => {
  expect(GUARD.allows([{ name: "read", arguments: value }])).toBe(allows);
});

test("arguments as deep as nobody needs are not followed, and a schema that leads nowhere fits nothing", () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 40; depth += 1) deep = [deep];
  expect(GUARD.allows([{ name: "read", arguments: { any: deep } }])).toBe(false);
  expect(GUARD.allows([{ name: "lost", arguments: {} }])).toBe(false);
  expect(GUARD.allows([{ name: "other", arguments: deep }])).toBe(true);
});
