import { Validator } from "@cfworker/json-schema";
import type { ToolPolicy } from "../config/gateway-config.ts";
import { withBoundedTexts } from "../config/argument-schema.ts";
import { isJudgeable } from "./argument-size.ts";
import { parsed } from "./ndjson-watch.ts";

/** One call of a tool as a model wrote it. */
export interface ToolCall {
  readonly name: string;
  /** As the family writes them: an object, or text of JSON. */
  readonly arguments: unknown;
}

/** Longer arguments are not read, and not let through where a schema bounds them. */
const LONGEST_ARGUMENTS = 256 * 1024;

/** Judges calls of tools by name and by the JSON Schema of their arguments. */
export class ToolGuard {
  readonly #allowed: ReadonlySet<string>;
  readonly #schemas: ReadonlyMap<string, Validator>;

  constructor(policy: ToolPolicy) {
    this.#allowed = new Set(policy.allow);
    const schemas = Object.entries(policy.arguments);
    this.#schemas = new Map(
      schemas.map(([name, schema]) => [name, new Validator(withBoundedTexts(schema), "2020-12", true)]),
    );
  }

  /** Whether every call is allowed as it stands. */
  allows(calls: readonly ToolCall[]): boolean {
    return calls.every((call) => this.#allows(call));
  }

  #allows(call: ToolCall): boolean {
    if (!this.#allowed.has("*") && !this.#allowed.has(call.name)) return false;
    const schema = this.#schemas.get(call.name);
    if (schema === undefined) return true;
    if (typeof call.arguments === "string" && call.arguments.length > LONGEST_ARGUMENTS) return false;
    const value = typeof call.arguments === "string" ? parsed(call.arguments) : call.arguments;
    return isJudgeable(value) && isValid(schema, value);
  }
}

/** A schema that cannot be tried, because it refers to what is not there, fits nothing. */
function isValid(schema: Validator, value: unknown): boolean {
  try {
    return schema.validate(value).valid;
  } catch {
    return false;
  }
}

/** Whether a role's rules on tools bind anything at all. */
export function bindsTools(policy: ToolPolicy): boolean {
  return !policy.allow.includes("*") || Object.keys(policy.arguments).length > 0;
}
