import type { Buffer } from "node:buffer";
import type { ModelRouteId } from "../../knowledge/ollama-routes.ts";
import { member, textOf } from "./json-node.ts";
import type { JsonNode } from "./json-node.ts";

/** Tools that a request speaks of. */
export interface ToolFacts {
  readonly tools: readonly string[];
  readonly calledTools: readonly string[];
  readonly hasWebSearch: boolean;
}

const NONE: readonly JsonNode[] = [];
/** Bytes of a quoted text that are too few for any of them. */
const SHORTEST = 9;
const NO_TOOLS: ToolFacts = { tools: [], calledTools: [], hasWebSearch: false };
/** Routes whose tools hold their name in `function`; the others name the tool itself. */
const NESTED: ReadonlySet<ModelRouteId> = new Set(["chat", "v1-chat"]);
const CALL_TYPES: ReadonlySet<string> = new Set(["tool_use", "server_tool_use", "function_call", "custom_tool_call"]);

/** Lists tools by name: offered, demanded, called in the history. One without a name goes by its type. */
export function toolsIn(id: ModelRouteId, bytes: Buffer, root: JsonNode): ToolFacts {
  const offered = member(root, "tools")?.items ?? NONE;
  const functions = member(root, "functions")?.items ?? NONE;
  const demanded = [member(root, "tool_choice"), member(root, "function_call")];
  const calledTools = callsIn(bytes, root);
  const isSilent = offered.length === 0 && functions.length === 0 && calledTools.length === 0;
  if (isSilent && demanded[0] === null && demanded[1] === null) return NO_TOOLS;
  const tools = [
    ...offered.flatMap((tool) => offeredNames(bytes, tool, NESTED.has(id))),
    ...functions.map((tool) => namesOf(bytes, tool)[0] ?? ""),
    ...demanded.flatMap((choice) => (choice === null ? [] : namesOf(bytes, choice))),
  ];
  return { tools, calledTools, hasWebSearch: offered.some((tool) => isWebTool(bytes, tool)) };
}

/** Every name that a tool carries; where the one that the family reads is missing, its type or nothing stands for it. */
function offeredNames(bytes: Buffer, tool: JsonNode, isNested: boolean): readonly string[] {
  const names = namesOf(bytes, tool);
  const own = member(isNested ? member(tool, "function") : tool, "name");
  if (own !== null) return names;
  const type = isNested ? null : member(tool, "type");
  return [...names, type === null ? "" : textOf(bytes, type)];
}

function namesOf(bytes: Buffer, tool: JsonNode): readonly string[] {
  const names = [member(member(tool, "function"), "name"), member(tool, "name")].filter((name) => name !== null);
  return names.map((name) => textOf(bytes, name));
}

/** A tool by which the server itself calls others: its search, or any server of tools (MCP) that the request names. */
function isWebTool(bytes: Buffer, tool: JsonNode): boolean {
  const node = member(tool, "type");
  const type = node === null ? "" : textOf(bytes, node).trim().toLowerCase();
  return type.startsWith("web_") || type.startsWith("mcp");
}

function callsIn(bytes: Buffer, root: JsonNode): readonly string[] {
  const messages = member(root, "messages")?.items ?? NONE;
  const items = member(root, "input")?.items ?? NONE;
  const names: string[] = [];
  for (const message of messages) takeCalls(bytes, message, names);
  for (const item of items) if (isCall(bytes, item)) takeName(bytes, item, names);
  return names;
}

function takeCalls(bytes: Buffer, message: JsonNode, names: string[]): void {
  for (let node = message.lastMember; node !== null; node = node.previous) {
    if (node.name === "function_call") takeName(bytes, node, names);
    if (node.items === null) continue;
    if (node.name === "tool_calls") for (const call of node.items) takeName(bytes, member(call, "function"), names);
    else if (node.name === "content")
      for (const block of node.items) if (isCall(bytes, block)) takeName(bytes, block, names);
  }
}

function takeName(bytes: Buffer, holder: JsonNode | null, names: string[]): void {
  const name = member(holder, "name");
  if (name !== null) names.push(textOf(bytes, name));
}

function isCall(bytes: Buffer, node: JsonNode): boolean {
  const type = member(node, "type");
  return type !== null && type.end - type.start > SHORTEST && CALL_TYPES.has(textOf(bytes, type));
}
