import type { Dialect, Question } from "../expression.ts";

/** How ES|QL says conditions; texts are folded to small letters. A comparison with a missing value is missing, and so is its opposite. */
export const ESQL_DIALECT: Dialect = {
  and: "AND",
  or: "OR",
  ask,
  refuse: (question) =>
    question.kind === "absent"
      ? `${question.column} IS NOT NULL`
      : `(${question.column} IS NULL OR NOT ${ask(question)})`,
};

const SIGNS = { above: ">", below: "<" } as const;

function ask(question: Question): string {
  const { column } = question;
  const folded = `TO_LOWER(${column})`;
  switch (question.kind) {
    case "is":
      return equals(column, question.values);
    case "starts":
      return either(question.values.map((value) => `STARTS_WITH(${folded}, ${small(value)})`));
    case "ends":
      return either(question.values.map((value) => `ENDS_WITH(${folded}, ${small(value)})`));
    case "contains":
      return either(question.values.map((value) => `LOCATE(${folded}, ${small(value)}) > 0`));
    case "above":
    case "below":
      return `(${column} ${SIGNS[question.kind]} ${question.value})`;
    case "cidr":
      return `CIDR_MATCH(${column}, ${question.prefixes.map((prefix) => JSON.stringify(prefix)).join(", ")})`;
    case "absent":
      return `${column} IS NULL`;
  }
}

function equals(column: string, values: readonly (string | number | boolean)[]): string {
  const texts = values.filter((value) => typeof value === "string");
  const list = texts.length > 0 ? texts.map(small) : values.map(String);
  return `(${texts.length > 0 ? `TO_LOWER(${column})` : column} IN (${list.join(", ")}))`;
}

function small(text: string): string {
  return JSON.stringify(text.toLowerCase());
}

function either(parts: readonly string[]): string {
  return `(${parts.join(" OR ")})`;
}
