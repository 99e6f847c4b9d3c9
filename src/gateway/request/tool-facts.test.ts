import { describe, expect, test } from "vitest";
import { OPEN_ROLE, roleOf, sentBody } from "../../../test/gateway/request-case.ts";

describe("tools", () => {
  const some = roleOf({ tools: { allow: ["weather"], arguments: {} } });

  test.for([
    ["chat", { tools: [{ type: "function", function: { name: "shell" } }] }],
    ["chat", { tools: [{ type: "function", function: {} }] }],
    ["chat", { tools: [{ type: "function", name: "shell", function: { name: "weather" } }] }],
    ["chat", { messages: [{ role: "assistant", tool_calls: [{ function: { name: "shell" } }] }] }],
    ["v1-chat", { tools: [{ type: "function", function: { name: "shell" } }] }],
    ["v1-chat", { functions: [{ name: "shell" }] }],
    ["v1-chat", { tool_choice: { type: "function", function: { name: "shell" } } }],
    ["v1-responses", { tools: [{ type: "function", name: "shell" }] }],
    ["v1-responses", { tools: [{ type: "code_interpreter" }] }],
    ["v1-responses", { input: [{ type: "function_call", name: "shell", arguments: "{}" }] }],
    ["v1-messages", { tools: [{ name: "shell", input_schema: {} }] }],
    ["v1-messages", { messages: [{ role: "assistant", content: [{ type: "tool_use", name: "shell" }] }] }],
  ] as const)("a tool that is not allowed is refused: %s %j", ([id, said]) => {
    expect(sentBody(id, { model: "m", ...said }, some)).toBe("403 tool-denied");
    expect(sentBody(id, { model: "m", ...said }, OPEN_ROLE)).toEqual({ model: "m", ...said });
  });

  test("an allowed one is not", () => {
    const tools = [{ type: "function", function: { name: "weather" } }];
    expect(sentBody("chat", { model: "m", tools }, some)).toEqual({ model: "m", tools });
  });

  test("a search of the web, and a server of tools, need what the route for it needs", () => {
    for (const [id, type] of [
      ["v1-messages", "web_search_20250305"],
      ["v1-responses", " web_search"],
      ["v1-responses", "mcp"],
    ] as const) {
      const body = { model: "m", tools: [{ type, name: "web_search" }] };
      expect(sentBody(id, body, OPEN_ROLE)).toBe("403 web-search-denied");
      expect(sentBody(id, body, roleOf({ routes: { allow: ["web-search"], deny: [] } }))).toEqual(body);
      expect(sentBody(id, body, roleOf({ allow: ["B", "D"], routes: { allow: [], deny: ["web-search"] } }))).toBe(
        "403 web-search-denied",
      );
    }
  });

  test("a rendered prompt tells the system prompt: it needs class C", () => {
    expect(sentBody("chat", { model: "m", _debug_render_only: true }, OPEN_ROLE)).toBe("403 debug-denied");
    expect(sentBody("chat", { model: "m", _debug_render_only: false }, OPEN_ROLE)).toMatchObject({ model: "m" });
    expect(sentBody("chat", { model: "m", _debug_render_only: true }, roleOf({ allow: ["B", "C"] }))).toMatchObject({
      model: "m",
    });
  });
});
