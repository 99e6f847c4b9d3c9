import { fieldsOf, listOf } from "./fields.ts";
import type { ToolCall } from "./tool-guard.ts";

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Calls in a message of Ollama's or OpenAI's: `tool_calls[].function`, and the older `function_call`. */
function ofMessage(message: unknown): readonly ToolCall[] {
  const { tool_calls: calls, function_call: older } = fieldsOf(message);
  return [
    ...listOf(calls).map((call) => fieldsOf(fieldsOf(call)["function"])),
    ...(older === undefined || older === null ? [] : [fieldsOf(older)]),
  ].map((called) => ({ name: text(called["name"]), arguments: called["arguments"] }));
}

/** Calls in one whole answer, or in one line of a stream, of any family. A call without a name has the empty one. */
export function toolCallsOf(answer: unknown): readonly ToolCall[] {
  const top = fieldsOf(answer);
  const response = fieldsOf(top["response"]);
  return [
    ...ofMessage(top["message"]),
    ...listOf(top["choices"]).flatMap((choice) => ofMessage(fieldsOf(choice)["message"])),
    ...listOf(top["content"]).flatMap(anthropicCall),
    ...[...listOf(top["output"]), ...listOf(response["output"])].flatMap(responsesCall),
  ];
}

function anthropicCall(part: unknown): readonly ToolCall[] {
  const { type, name, input } = fieldsOf(part);
  return type === "tool_use" || type === "server_tool_use" ? [{ name: text(name), arguments: input }] : [];
}

function responsesCall(item: unknown): readonly ToolCall[] {
  const called = fieldsOf(item);
  if (called["type"] === "function_call") return [{ name: text(called["name"]), arguments: called["arguments"] }];
  if (called["type"] === "custom_tool_call") return [{ name: text(called["name"]), arguments: called["input"] }];
  return [];
}
