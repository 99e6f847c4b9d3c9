import { fieldsOf, listOf } from "./fields.ts";
import type { Fields } from "./fields.ts";
import type { ToolCall } from "./tool-guard.ts";
import { toolCallsOf } from "./tool-calls.ts";

interface Growing {
  name: string;
  arguments: string;
}

/** Most calls, and characters of their arguments, that one answer may spread over its events. */
const MOST_CALLS = 256;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/**
 * Puts calls of tools together that come in pieces over the events of a stream: OpenAI's `delta.tool_calls`, Anthropic's
 * `input_json_delta`, and the items of the Responses API.
 */
export class ToolGather {
  readonly #growing = new Map<string, Growing>();
  #characters = 0;

  /** Whether calls have begun that are not whole. */
  get isOpen(): boolean {
    return this.#growing.size > 0;
  }

  /** Takes an event; returns the calls that are whole with it, or null where an answer spreads more than it may. */
  take(event: unknown): readonly ToolCall[] | null {
    const top = fieldsOf(event);
    const whole = [...this.#openAi(top), ...this.#anthropic(top), ...this.#responses(top), ...toolCallsOf(event)];
    return this.#growing.size > MOST_CALLS || this.#characters > MOST_CHARACTERS ? null : whole;
  }

  /** What is open when a stream ends is as whole as it gets. */
  finish(): readonly ToolCall[] {
    return this.#end(() => true);
  }

  #openAi(top: Fields): readonly ToolCall[] {
    const whole: ToolCall[] = [];
    for (const choice of listOf(top["choices"]).map(fieldsOf)) {
      const delta = fieldsOf(choice["delta"]);
      const at = `choice ${String(choice["index"])}`;
      for (const call of listOf(delta["tool_calls"]).map(fieldsOf))
        this.#grow(`${at} ${String(call["index"])}`, fieldsOf(call["function"]));
      if (typeof delta["function_call"] === "object") this.#grow(`${at} older`, fieldsOf(delta["function_call"]));
      const isEnd = choice["finish_reason"] !== undefined && choice["finish_reason"] !== null;
      if (isEnd) whole.push(...this.#end((key) => key.startsWith(`${at} `)));
    }
    return whole;
  }

  #anthropic(top: Fields): readonly ToolCall[] {
    const key = `block ${String(top["index"])}`;
    const block = fieldsOf(top["content_block"]);
    const delta = fieldsOf(top["delta"]);
    if (
      top["type"] === "content_block_start" &&
      (block["type"] === "tool_use" || block["type"] === "server_tool_use")
    ) {
      const begun = Object.keys(fieldsOf(block["input"])).length > 0 ? JSON.stringify(block["input"]) : "";
      this.#grow(key, { name: block["name"], arguments: begun });
    }
    if (delta["type"] === "input_json_delta") this.#grow(key, { arguments: delta["partial_json"] });
    return top["type"] === "content_block_stop" ? this.#end((one) => one === key) : [];
  }

  #responses(top: Fields): readonly ToolCall[] {
    const item = fieldsOf(top["item"]);
    const key = `item ${String(item["id"] ?? top["item_id"])}`;
    const isCall = item["type"] === "function_call" || item["type"] === "custom_tool_call";
    if (top["type"] === "response.output_item.added" && isCall) this.#grow(key, { name: item["name"], arguments: "" });
    if (top["type"] === "response.function_call_arguments.delta") this.#grow(key, { arguments: top["delta"] });
    if (top["type"] !== "response.output_item.done" || !isCall) return [];
    this.#growing.delete(key);
    return [{ name: String(item["name"]), arguments: item["arguments"] ?? item["input"] }];
  }

  #grow(key: string, piece: Fields): void {
    const call = this.#growing.get(key) ?? { name: "", arguments: "" };
    const more = typeof piece["arguments"] === "string" ? piece["arguments"] : "";
    call.arguments += more;
    if (typeof piece["name"] === "string") call.name += piece["name"];
    this.#characters += more.length;
    this.#growing.set(key, call);
  }

  #end(isMeant: (key: string) => boolean): readonly ToolCall[] {
    const ended = [...this.#growing].filter(([key]) => isMeant(key));
    for (const [key] of ended) this.#growing.delete(key);
    return ended.map(([, call]) => call);
  }
}
