import { UNSEEN } from "../model/unseen-text.ts";
import { sqlName } from "./stage-sql.ts";

/** What makes a spreadsheet take a cell for a formula, in ASCII and in full width, behind white space and what cannot be seen. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;
const NUMBER = /^[+-]?[0-9.]+$/u;

/**
 * A text that no spreadsheet runs and that steers no terminal: a formula gets `'` before it, as OWASP advises against CSV injection; a number
 * stays one; what cannot be seen is U+FFFD.
 */
export function csvText(text: string): string {
  const seen = seenText(text);
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${seen}` : seen;
}

/** A text with U+FFFD for what cannot be seen. */
export function seenText(text: string): string {
  return text.replaceAll(UNSEEN, "\uFFFD");
}

/**
 * A SELECT of these columns that is safe in a spreadsheet: texts as {@link csvText}, and what cannot be seen or would break the line (controls,
 * bidi, zero width, private use) as U+FFFD.
 */
export function csvSelect(view: string, columns: readonly { readonly name: string; readonly type: string }[]): string {
  const cells = columns.map(({ name, type }) =>
    type === "VARCHAR" ? `${cell(sqlName(name))} AS ${sqlName(name)}` : sqlName(name),
  );
  return `SELECT ${cells.join(", ")} FROM ${view}`;
}

function cell(name: string): string {
  const seen = String.raw`regexp_replace(${name}, '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]', chr(65533), 'g')`;
  const isFormula = String.raw`regexp_matches(${name}, '^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]') AND NOT regexp_matches(${name}, '^[+-]?[0-9.]+$')`;
  return `CASE WHEN ${isFormula} THEN concat('''', ${seen}) ELSE ${seen} END`;
}
