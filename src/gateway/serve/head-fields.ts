const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/u;
const VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/u;

/** Headers of an answer as text, and what of them its framing needs. */
export interface HeadFields {
  /** Each with its line end. */
  readonly text: string;
  /** `content-length`; null = none. */
  readonly length: number | null;
  /** Whether they say that the connection ends. */
  readonly closes: boolean;
}

/** What was made of lists that come again and again. */
const known = new WeakMap<readonly string[], HeadFields>();

/** Writes headers (name, value, …); one that could be read as more than a header is left out. */
export function headFields(headers: readonly string[]): HeadFields {
  const before = known.get(headers);
  if (before !== undefined) return before;
  let text = "";
  let length: number | null = null;
  let closes = false;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? "";
    const value = headers[at + 1] ?? "";
    if (!NAME.test(name) || !VALUE.test(value)) continue;
    const lower = name.toLowerCase();
    if (lower === "content-length") length = Number(value);
    if (lower === "connection" && value === "close") closes = true;
    text += `${name}: ${value}\r\n`;
  }
  const fields = { text, length, closes };
  known.set(headers, fields);
  return fields;
}
