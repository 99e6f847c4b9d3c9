const QUOTE = 34;
const MOST_COLUMNS = 1024;

/**
 * Cuts one row of CSV (RFC 4180) into its fields.
 *
 * @returns `null` when a quote is still open at the end: the record goes on in the next row.
 */
export function csvFields(text: string): readonly string[] | null {
  if (!text.includes('"')) return text.split(",", MOST_COLUMNS);
  const fields: string[] = [];
  let at = 0;
  while (fields.length < MOST_COLUMNS) {
    const end = text.charCodeAt(at) === QUOTE ? quotedEnd(text, at + 1) : plainEnd(text, at);
    if (end === -1) return null;
    fields.push(text.charCodeAt(at) === QUOTE ? unquoted(text, at, end) : text.slice(at, end));
    if (end >= text.length) break;
    at = end + 1;
  }
  return fields;
}

function plainEnd(text: string, from: number): number {
  const end = text.indexOf(",", from);
  return end === -1 ? text.length : end;
}

/** Where the comma stands, or the end, behind a quoted field; -1 = its quote is open. */
function quotedEnd(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at === -1 ? -1 : plainEnd(text, at + 1);
}

/** What a writer puts behind the closing quote, against the rule, stays part of the field. */
function unquoted(text: string, from: number, end: number): string {
  const close = text.lastIndexOf('"', end - 1);
  return `${text.slice(from + 1, close).replaceAll('""', '"')}${text.slice(close + 1, end)}`;
}
