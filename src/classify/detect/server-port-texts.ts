import { all, any, not } from "../../model/condition.ts";
import type { Condition } from "../../model/condition.ts";

/** Where Ollama listens unless it is told otherwise, as detections write it. */
const DEFAULT_PORT = 11_434;
const DEFAULT_TEXT = String(DEFAULT_PORT);

/**
 * The condition for a machine whose model server listens elsewhere: a port that is asked for as a number is one of these, words that hold
 * the default port may hold one of these instead (in a container the default often stays).
 */
export function withServerPorts(condition: Condition, ports: Iterable<number>): Condition {
  const list = [...ports];
  return list.length === 1 && list[0] === DEFAULT_PORT ? condition : said(condition, list);
}

function said(condition: Condition, ports: readonly number[]): Condition {
  switch (condition.kind) {
    case "all":
      return all(...condition.of.map((one) => said(one, ports)));
    case "any":
      return any(...condition.of.map((one) => said(one, ports)));
    case "not":
      return not(said(condition.of, ports));
    case "is":
      return { ...condition, values: distinct(condition.values.flatMap((value) => valuesOf(value, ports))) };
    case "starts":
    case "ends":
    case "contains":
      return { ...condition, values: distinct(condition.values.flatMap((value) => textsOf(value, ports))) };
    case "above":
    case "below":
    case "network":
    case "cidr":
    case "absent":
      return condition;
  }
}

function valuesOf(value: string | number | boolean, ports: readonly number[]): readonly (string | number | boolean)[] {
  if (value === DEFAULT_PORT) return ports;
  return typeof value === "string" ? textsOf(value, ports) : [value];
}

function textsOf(text: string, ports: readonly number[]): readonly string[] {
  if (!text.includes(DEFAULT_TEXT)) return [text];
  return [text, ...ports.map((port) => text.replaceAll(DEFAULT_TEXT, String(port)))];
}

function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
