import type { Dialect, Question } from "../expression.ts";
import { withMapped } from "../mapped-prefix.ts";

/** How SPL's `where` says conditions; a comparison with a missing value is missing, and so is its opposite. */
export const SPL_DIALECT: Dialect = {
  and: "AND",
  or: "OR",
  ask,
  refuse: (question) =>
    question.kind === "absent"
      ? `isnotnull(${question.column})`
      : `(isnull(${question.column}) OR NOT ${ask(question)})`,
};

const SIGNS = { above: ">", below: "<" } as const;

function ask(question: Question): string {
  const { column } = question;
  switch (question.kind) {
    case "is":
      return equals(column, question.values);
    case "starts":
      return matches(column, `^${oneOf(question.values)}`);
    case "ends":
      return matches(column, `${oneOf(question.values)}$`);
    case "contains":
      return matches(column, oneOf(question.values));
    case "above":
    case "below":
      return `(tonumber(${column}) ${SIGNS[question.kind]} ${question.value})`;
    case "cidr":
      return `(${withMapped(question.prefixes)
        .map((prefix) => `cidrmatch("${prefix}", ${column})`)
        .join(" OR ")})`;
    case "absent":
      return `isnull(${column})`;
  }
}

function equals(column: string, values: readonly (string | number | boolean)[]): string {
  const texts = values.filter((value) => typeof value === "string");
  if (texts.length > 0) return matches(column, `^${oneOf(texts)}$`);
  return `(${values.map((value) => `tonumber(${column})=${Number(value)}`).join(" OR ")})`;
}

function matches(column: string, pattern: string): string {
  return `match(${column}, "(?i)${pattern}")`;
}

function oneOf(values: readonly string[]): string {
  return `(?:${values.map(escaped).join("|")})`;
}

const SPECIAL = /[.*+?^$(){}|[\]\\"]/gu;

/** By number, so that neither SPL's own escapes nor those of its searches meet the pattern's. */
function escaped(text: string): string {
  return text.replaceAll(SPECIAL, (sign) => String.raw`\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
