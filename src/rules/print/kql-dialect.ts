import type { FieldType } from "../../knowledge/event-fields.ts";
import type { Dialect, Question } from "../expression.ts";
import { withMapped } from "../mapped-prefix.ts";

/** How KQL says conditions; texts without regard to case. A missing text is empty there, a missing number null. */
export const KQL_DIALECT: Dialect = {
  and: "and",
  or: "or",
  ask: (question) => ask(question),
  refuse(question, type) {
    if (question.kind === "absent") return `${isText(type) ? "isnotempty" : "isnotnull"}(${question.column})`;
    const text = ask(question);
    const opposite = `not${text.startsWith("(") ? text : `(${text})`}`;
    return isText(type) ? opposite : `(isnull(${question.column}) or ${opposite})`;
  },
};

/** A text as KQL writes it. */
export function kqlText(text: string): string {
  return JSON.stringify(text);
}

function isText(type: FieldType): boolean {
  return type === "text" || type === "address";
}

const WORDS = { starts: "startswith", ends: "endswith", contains: "contains" } as const;
const SIGNS = { above: ">", below: "<" } as const;

function ask(question: Question): string {
  const { column } = question;
  switch (question.kind) {
    case "is":
      return equals(column, question.values);
    case "starts":
    case "ends":
    case "contains":
      return either(question.values.map((value) => `${column} ${WORDS[question.kind]} ${kqlText(value)}`));
    case "above":
    case "below":
      return `${column} ${SIGNS[question.kind]} ${question.value}`;
    case "cidr":
      return inside(column, question.prefixes);
    case "absent":
      return `isempty(${column})`;
  }
}

function equals(column: string, values: readonly (string | number | boolean)[]): string {
  const isFolded = values.some((value) => typeof value === "string");
  const [only] = values;
  if (only !== undefined && values.length === 1) return `${column} ${isFolded ? "=~" : "=="} ${valueText(only)}`;
  return `${column} ${isFolded ? "in~" : "in"} (${values.map(valueText).join(", ")})`;
}

function valueText(value: string | number | boolean): string {
  return typeof value === "string" ? kqlText(value) : value.toString();
}

/** Each function gives null for an address of the other family. */
function inside(column: string, prefixes: readonly string[]): string {
  const all = withMapped(prefixes);
  const asked = [
    ["ipv4_is_in_any_range", all.filter((prefix) => !prefix.includes(":"))],
    ["ipv6_is_in_any_range", all.filter((prefix) => prefix.includes(":"))],
  ] as const;
  return either(
    asked
      .filter(([, some]) => some.length > 0)
      .map(([name, some]) => `coalesce(${name}(${column}, dynamic([${some.map(kqlText).join(", ")}])), false)`),
  );
}

function either(parts: readonly string[]): string {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : `(${parts.join(" or ")})`;
}
