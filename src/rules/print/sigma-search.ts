import type { EventField } from "../../model/condition.ts";
import type { PlainCondition } from "../plain-condition.ts";
import type { Columns } from "../fields/column.ts";
import { Unsayable } from "../unsayable.ts";

type SigmaValue = string | number | boolean | null;
type SearchMap = Record<string, SigmaValue | readonly SigmaValue[]>;

/** The part of a Sigma rule below `detection`: named searches and the condition over them. */
export type SigmaSearch = Record<string, SearchMap | string>;

type Atom = Exclude<PlainCondition, { readonly kind: "all" | "any" | "not" | "network" }>;

/** Says a condition as searches and a condition over them. Throws {@link Unsayable}. */
export function sigmaSearch(condition: PlainCondition, columns: Columns): SigmaSearch {
  const names = new Names(columns);
  const text = names.say(condition, false);
  return { ...names.searches, condition: text };
}

/** Gives names to searches; the same search has one name. */
class Names {
  readonly searches: Record<string, SearchMap> = {};
  readonly #columns: Columns;
  readonly #known = new Map<string, string>();

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** @param isInner - whether the words stand inside others, so that several need brackets. */
  say(condition: PlainCondition, isInner: boolean): string {
    switch (condition.kind) {
      case "all": {
        const parts = this.#parts(condition.of, "and");
        return joined(parts, " and ", isInner);
      }
      case "any": {
        const parts = this.#parts(condition.of, "or");
        return joined(parts, " or ", isInner);
      }
      case "not":
        return `not ${this.say(condition.of, true)}`;
      case "network":
        throw new Unsayable("a network word was left");
      case "is":
      case "starts":
      case "ends":
      case "contains":
      case "above":
      case "below":
      case "cidr":
      case "absent":
        return this.#name(this.#atom(condition));
    }
  }

  /** Questions that fit into one search are one: fields of an `and`, values of one field of an `or`. */
  #parts(of: readonly PlainCondition[], way: "and" | "or"): readonly string[] {
    if (of.length === 0) throw new Unsayable(way === "and" ? "it is always met" : "it is never met");
    const single: SearchMap = {};
    const several: string[] = [];
    for (const one of of) {
      if (one.kind === "all" || one.kind === "any" || one.kind === "not" || one.kind === "network") {
        several.push(this.say(one, true));
        continue;
      }
      const atom = this.#atom(one);
      const [key = ""] = Object.keys(atom);
      if (way === "and" && !Object.hasOwn(single, key)) Object.assign(single, atom);
      else several.push(this.#name(atom));
    }
    return Object.keys(single).length === 0 ? several : [this.#name(single), ...several];
  }

  #atom(atom: Atom): SearchMap {
    const column = this.#column(atom.field);
    switch (atom.kind) {
      case "is":
        return {
          [column]: orAlone(once(atom.values.map((value) => (typeof value === "string" ? literal(value) : value)))),
        };
      case "starts":
        return { [`${column}|startswith`]: orAlone(once(atom.values.map(literal))) };
      case "ends":
        return { [`${column}|endswith`]: orAlone(once(atom.values.map(literal))) };
      case "contains":
        return { [`${column}|contains`]: orAlone(once(atom.values.map(literal))) };
      case "above":
        return { [`${column}|gt`]: atom.value };
      case "below":
        return { [`${column}|lt`]: atom.value };
      case "cidr":
        return { [`${column}|cidr`]: orAlone(atom.prefixes) };
      case "absent":
        return { [column]: null };
    }
  }

  #column(field: EventField): string {
    const column = Object.hasOwn(this.#columns, field) ? this.#columns[field] : undefined;
    if (column === undefined) throw new Unsayable(`its log source has no field for \`${field}\``);
    return column;
  }

  #name(search: SearchMap): string {
    const key = JSON.stringify(search);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const count = this.#known.size;
    const name = count === 0 ? "selection" : `selection_${count + 1}`;
    this.#known.set(key, name);
    this.searches[name] = search;
    return name;
  }
}

function joined(parts: readonly string[], word: string, isInner: boolean): string {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return isInner ? `(${parts.join(word)})` : parts.join(word);
}

function orAlone<Value>(values: readonly Value[]): Value | readonly Value[] {
  const [only] = values;
  return only !== undefined && values.length === 1 ? only : values;
}

/** Sigma compares texts without regard to case: of those that differ in case alone, the first. */
function once<Value>(values: readonly Value[]): readonly Value[] {
  const known = new Set<unknown>();
  return values.filter((value) => {
    const key = typeof value === "string" ? value.toLowerCase() : value;
    return !known.has(key) && known.add(key);
  });
}

/** Wildcards and what escapes them are plain text in Corral. */
function literal(text: string): string {
  return text.replaceAll(/\\(?=[\\*?])|[*?]/gu, String.raw`\$&`);
}
