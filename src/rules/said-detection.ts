import { atomsOf, isAlways, isNever, simplify } from "../classify/detect/simplify-condition.ts";
import type { Atom } from "../classify/detect/simplify-condition.ts";
import { absent, all, is, not } from "../model/condition.ts";
import type { Condition, EventField } from "../model/condition.ts";
import type { Detection } from "../model/detection.ts";
import type { FieldTable, FieldTables } from "./fields/column.ts";
import { plainCondition, WHOLE_ROUTE_PATHS } from "./plain-condition.ts";
import type { PlainCondition } from "./plain-condition.ts";
import type { RuleSetting } from "./rule-language.ts";
import { Unsayable } from "./unsayable.ts";

/** A selection as one product can ask it. */
export interface SaidSelection<Source> {
  readonly where: PlainCondition;
  readonly table: FieldTable<Source>;
  /** What the product's rows leave out, a sentence each. */
  readonly differs: readonly string[];
}

/** Says a selection in a product's fields. Throws {@link Unsayable}. */
export function sayDetection<Source>(
  detection: Detection,
  name: string,
  tables: FieldTables<Source>,
  setting: RuleSetting,
): SaidSelection<Source> {
  const selection = detection.selections[name];
  const table = selection === undefined ? undefined : tables[selection.class];
  if (selection === undefined || table === undefined)
    throw new Unsayable(`it keeps no rows of this kind (${selection?.class ?? name})`);
  const plain = plainCondition(all(selection.where, ...groupTold(detection, name, table)), setting);
  if (plain === null) throw new Unsayable("it asks what only Corral's evaluator knows");
  const where = simplify(plain, (atom) => answerOf(atom, table));
  const asked = new Set(atomsOf(plain).map(({ field }) => field));
  const untold = (table.untold ?? []).filter((field) => asked.has(field));
  if (isNever(where)) throw new Unsayable(`its rows never tell ${quotedFields(asked, table)}`);
  if (isAlways(where)) throw new Unsayable("nothing is left to ask of its rows");
  for (const { field } of atomsOf(where)) columnOf(table, field);
  const differs = untold.map((field) => `Its rows do not tell \`${field}\`; the rule takes it as not told.`);
  return { where, table, differs };
}

/** A row that does not tell what makes its group counts nowhere; of routes only those without a parameter can be told apart by path. */
function groupTold<Source>(
  { correlation }: Detection,
  name: string,
  { columns }: FieldTable<Source>,
): readonly Condition[] {
  if (correlation.kind === "disagree") return [];
  const by = correlation.by.filter((field) => field !== "observer" && Object.hasOwn(columns, field));
  const isCounted = correlation.kind === "distinct" && correlation.of === name && correlation.field === "route";
  return [...by.map((field) => not(absent(field))), ...(isCounted ? [is("path", ...WHOLE_ROUTE_PATHS)] : [])];
}

/** The product's name of a field. Throws {@link Unsayable}. */
export function columnOf<Source>(table: FieldTable<Source>, field: EventField): string {
  const column = Object.hasOwn(table.columns, field) ? table.columns[field] : undefined;
  if (column === undefined) throw new Unsayable(`it has no field for \`${field}\``);
  return column;
}

/** The column that a correlation counts or adds up; routes are counted by their path. Throws {@link Unsayable}. */
export function countedColumn<Source>(table: FieldTable<Source>, field: EventField): string {
  return columnOf(table, field === "route" ? "path" : field);
}

/** What a rule does where Corral counts routes. */
export const COUNTS_PATHS = "It leaves routes with a parameter in the path out of the count.";

/** Names of the columns that make a group; a field with one value in every row makes none. */
export function groupColumns<Source>(table: FieldTable<Source>, by: readonly EventField[]): readonly string[] {
  return by.filter((field) => !Object.hasOwn(table.fixed ?? {}, field)).map((field) => columnOf(table, field));
}

function answerOf<Source>(atom: Atom, { untold = [], fixed = {} }: FieldTable<Source>): boolean | null {
  if (untold.includes(atom.field)) return atom.kind === "absent";
  const value = Object.hasOwn(fixed, atom.field) ? fixed[atom.field] : undefined;
  if (value === undefined) return null;
  return atom.kind === "is" && atom.values.includes(value);
}

function quotedFields<Source>(asked: ReadonlySet<EventField>, { untold = [], fixed = {} }: FieldTable<Source>): string {
  const fields = [...asked].filter((field) => untold.includes(field) || Object.hasOwn(fixed, field));
  return `what it asks (${fields.map((field) => `\`${field}\``).join(", ")})`;
}
