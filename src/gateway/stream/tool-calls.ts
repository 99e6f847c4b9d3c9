import type { ToolCall } from "./tool-guard.ts";

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Calls in a message of Ollama's or OpenAI's: `tool_calls[].function`, and the older `function_call`. */
function ofMessage(message: unknown): readonly ToolCall[] {
  const { tool_calls: calls, function_call: older } = fields(message);
  return [
    ...list(calls).map((call) => fields(fields(call)["function"])),
    ...(older === undefined || older === null ? [] : [fields(older)]),
  ].map((called) => ({ name: text(called["name"]), arguments: called["arguments"] }));
}

/** Calls in one whole answer, or in one line of a stream, of any family. A call without a name has the empty one. */
export function toolCallsOf(answer: unknown): readonly ToolCall[] {
  const top = fields(answer);
  const response = fields(top["response"]);
  return [
    ...ofMessage(top["message"]),
    ...list(top["choices"]).flatMap((choice) => ofMessage(fields(choice)["message"])),
    ...list(top["content"]).flatMap(anthropicCall),
    ...[...list(top["output"]), ...list(response["output"])].flatMap(responsesCall),
  ];
}

function anthropicCall(part: unknown): readonly ToolCall[] {
  const { type, name, input } = fields(part);
  return type === "tool_use" || type === "server_tool_use" ? [{ name: text(name), arguments: input }] : [];
}

function responsesCall(item: unknown): readonly ToolCall[] {
  const called = fields(item);
  if (called["type"] === "function_call") return [{ name: text(called["name"]), arguments: called["arguments"] }];
  if (called["type"] === "custom_tool_call") return [{ name: text(called["name"]), arguments: called["input"] }];
  return [];
}
