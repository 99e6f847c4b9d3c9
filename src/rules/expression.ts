import { EVENT_FIELDS } from "../knowledge/event-fields.ts";
import type { FieldType } from "../knowledge/event-fields.ts";
import type { EventField } from "../model/condition.ts";
import type { FieldTable } from "./fields/column.ts";
import type { PlainCondition } from "./plain-condition.ts";
import { columnOf } from "./said-detection.ts";
import { Unsayable } from "./unsayable.ts";

/** A question about one column, its values in the product's words. */
export type Question =
  | { readonly kind: "is"; readonly column: string; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: "starts" | "ends" | "contains"; readonly column: string; readonly values: readonly string[] }
  | { readonly kind: "above" | "below"; readonly column: string; readonly value: number }
  | { readonly kind: "cidr"; readonly column: string; readonly prefixes: readonly string[] }
  | { readonly kind: "absent"; readonly column: string };

/** How a query language says conditions. */
export interface Dialect {
  readonly and: string;
  readonly or: string;
  /** The question as text that needs no brackets beside `and` and `or`. */
  ask(question: Question, type: FieldType): string;
  /** The opposite; rows that do not tell the column meet it. */
  refuse(question: Question, type: FieldType): string;
}

/**
 * The parts of a condition that all must be met, each in brackets where it needs them. `not` is carried down to the questions, since
 * languages differ in what `not` makes of a missing value.
 */
export function sayParts<Source>(
  condition: PlainCondition,
  table: FieldTable<Source>,
  dialect: Dialect,
): readonly string[] {
  if (condition.kind !== "all") return [new Sayer(table, dialect).say(condition, false, true)];
  return condition.of.flatMap((one) => sayParts(one, table, dialect));
}

class Sayer<Source> {
  readonly #table: FieldTable<Source>;
  readonly #dialect: Dialect;

  constructor(table: FieldTable<Source>, dialect: Dialect) {
    this.#table = table;
    this.#dialect = dialect;
  }

  say(condition: PlainCondition, isTurned: boolean, isInner: boolean): string {
    switch (condition.kind) {
      case "all":
      case "any":
        return this.#several(condition.of, (condition.kind === "all") !== isTurned, isTurned, isInner);
      case "not":
        return this.say(condition.of, !isTurned, isInner);
      case "network":
        throw new Unsayable("a network word was left");
      case "is":
      case "starts":
      case "ends":
      case "contains":
      case "above":
      case "below":
      case "cidr":
      case "absent": {
        const { type } = EVENT_FIELDS[condition.field];
        const question = this.#question(condition);
        return isTurned ? this.#dialect.refuse(question, type) : this.#dialect.ask(question, type);
      }
    }
  }

  #several(of: readonly PlainCondition[], isAnd: boolean, isTurned: boolean, isInner: boolean): string {
    const parts = of.map((one) => this.say(one, isTurned, true));
    const [only] = parts;
    if (only === undefined) throw new Unsayable("nothing is left to ask");
    if (parts.length === 1) return only;
    const text = parts.join(` ${isAnd ? this.#dialect.and : this.#dialect.or} `);
    return isInner ? `(${text})` : text;
  }

  #question(atom: Exclude<PlainCondition, { readonly kind: "all" | "any" | "not" | "network" }>): Question {
    const { field, ...rest } = atom;
    const column = columnOf(this.#table, field);
    if (rest.kind === "above" || rest.kind === "below")
      return { ...rest, column, value: rest.value * (this.#table.scale?.[field] ?? 1) };
    if (rest.kind !== "is") return { ...rest, column };
    return { kind: "is", column, values: rest.values.flatMap((value) => this.#valuesOf(field, value)) };
  }

  #valuesOf(field: EventField, value: string | number | boolean): readonly (string | number | boolean)[] {
    const words = this.#table.values?.[field];
    const word = value.toString();
    return words !== undefined && Object.hasOwn(words, word) ? (words[word] ?? [value]) : [value];
  }
}
