import type { Dialect, Question } from "../expression.ts";

/** How EQL says conditions; `:` leaves case aside. A comparison with a missing value is missing, and so is its opposite. */
export const EQL_DIALECT: Dialect = {
  and: "and",
  or: "or",
  ask,
  refuse: (question) =>
    question.kind === "absent" ? `${question.column} != null` : `(${question.column} == null or not ${ask(question)})`,
};

const SIGNS = { above: ">", below: "<" } as const;

function ask(question: Question): string {
  const { column } = question;
  switch (question.kind) {
    case "is":
      return equals(column, question.values);
    case "starts":
      return matches(column, question.values, (value) => `${value}*`);
    case "ends":
      return matches(column, question.values, (value) => `*${value}`);
    case "contains":
      return matches(column, question.values, (value) => `*${value}*`);
    case "above":
    case "below":
      return `${column} ${SIGNS[question.kind]} ${question.value}`;
    case "cidr":
      return `cidrMatch(${column}, ${question.prefixes.map((prefix) => JSON.stringify(prefix)).join(", ")})`;
    case "absent":
      return `${column} == null`;
  }
}

function equals(column: string, values: readonly (string | number | boolean)[]): string {
  const texts = values.filter((value) => typeof value === "string");
  if (texts.length > 0) return matches(column, texts, (value) => value);
  const [only] = values;
  if (only !== undefined && values.length === 1) return `${column} == ${only}`;
  return `${column} in (${values.join(", ")})`;
}

function matches(column: string, values: readonly string[], pattern: (value: string) => string): string {
  const said = values.map((value) => JSON.stringify(pattern(value)));
  return `${column} : ${said.length === 1 ? said.join("") : `(${said.join(", ")})`}`;
}
