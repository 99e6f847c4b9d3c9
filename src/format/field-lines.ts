/** A header field as RFC 9112 writes it: no folding, no space before the colon, no control characters. */
const FIELD_LINE = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\u0020-\u007e\u0080-\u00ff]*$/u;
const LENGTH = /^\d{1,15}$/u;
const MOST_FIELDS = 128;

/** Whether a line, without its end, is a field as all readers take it. */
export function isFieldLine(line: string): boolean {
  return FIELD_LINE.test(line);
}

/** The fields of a header, and what of them says where its body ends. */
export interface FieldLines {
  /** Name, value, …: names as written, values without the white space around them. */
  readonly raw: readonly string[];
  /** `content-length`; null = none. */
  readonly length: number | null;
  readonly isChunked: boolean;
  /** Lower-case words of `connection`. */
  readonly connection: readonly string[];
}

/** Why a header is not taken. */
export type FieldFault = "bad-field" | "too-many-fields" | "bad-framing" | "unknown-coding";

/**
 * Reads the lines of a header after its first, strictly: one length at most, no length beside a transfer coding, no coding but `chunked`.
 *
 * @param lines - Latin-1 texts without line ends.
 */
export function readFieldLines(lines: readonly string[]): FieldLines | FieldFault {
  if (lines.length > MOST_FIELDS) return "too-many-fields";
  const raw: string[] = [];
  let length: string | null = null;
  let coding: string | null = null;
  let connection = "";
  for (const line of lines) {
    if (!FIELD_LINE.test(line)) return "bad-field";
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const value = inner(line, colon + 1);
    raw.push(name, value);
    switch (name.toLowerCase()) {
      case "content-length":
        if (length !== null || !line.endsWith(value)) return "bad-framing";
        length = value;
        break;
      case "transfer-encoding":
        // With a blank behind it some readers take it for another coding.
        if (coding !== null || !line.endsWith(value)) return "bad-framing";
        coding = value.toLowerCase();
        break;
      case "connection":
        connection += `${value.toLowerCase()},`;
        break;
    }
  }
  if (length !== null && (coding !== null || !LENGTH.test(length))) return "bad-framing";
  if (coding !== null && coding !== "chunked") return "unknown-coding";
  return {
    raw,
    length: length === null ? null : Number(length),
    isChunked: coding !== null,
    connection: connection === "" ? NO_WORDS : connection.split(",").map((word) => inner(word, 0)),
  };
}

/** A text from a place on without blanks and tabs around it: nothing else is white space to all readers. */
function inner(text: string, from: number): string {
  let start = from;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

const NO_WORDS: readonly string[] = [];
