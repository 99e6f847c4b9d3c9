/** Columns of one row: where each begins and ends. The next cutting overwrites it. */
export interface RowCut {
  text: string;
  /** Columns of the row, at most as many as it has room for. */
  count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Room for the columns of rows; columns beyond the room are not looked at. */
export function rowCut(room: number): RowCut {
  return { text: "", count: 0, starts: new Int32Array(room), ends: new Int32Array(room) };
}

/** Cuts a row at every `separator` (one or more characters) into `cut`, at most `most` columns; tells how many there are. */
export function cutRow(cut: RowCut, text: string, separator: string, most = cut.starts.length): number {
  const room = Math.min(most, cut.starts.length);
  let count = 0;
  let from = 0;
  while (count < room) {
    const to = text.indexOf(separator, from);
    cut.starts[count] = from;
    cut.ends[count] = to === -1 ? text.length : to;
    count += 1;
    if (to === -1) break;
    from = to + separator.length;
  }
  cut.text = text;
  cut.count = count;
  return count;
}

/** Text of a column, counted from 0; empty when the row has no such column. */
export function columnOf(cut: RowCut, column: number): string {
  if (column < 0 || column >= cut.count) return "";
  return cut.text.slice(cut.starts[column], cut.ends[column]);
}

/** Number of the column with that name in the names of a header; -1 when none has it. */
export function columnNamed(names: readonly string[], ...wanted: readonly string[]): number {
  for (const name of wanted) {
    const at = names.indexOf(name);
    if (at !== -1) return at;
  }
  return -1;
}

const ZERO = 48;
/** Digits that a double holds exactly. */
const MOST_DIGITS = 15;

/** Whole number of decimal digits alone in a column; -1 when it is none. */
export function wholeOf(cut: RowCut, column: number): number {
  if (column < 0 || column >= cut.count) return -1;
  return wholeAt(cut.text, cut.starts[column]!, cut.ends[column]!);
}

/** Whole number that the text from `from` to `to` is: 1 to 15 decimal digits; -1 when it is none. */
export function wholeAt(text: string, from: number, to: number): number {
  if (to <= from || to - from > MOST_DIGITS) return -1;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
