/** Bounds on YAML text, checked before it is parsed: the parser recurses, and a stack that runs out inside it ends the process. */
const BOUNDS = {
  characters: 1 << 20,
  lines: 65_536,
  lineLength: 4000,
  brackets: 16,
  indent: 64,
  marks: 16,
  anchors: 64,
} as const;

const LINE_BREAK = /\r\n|\r|\n/u;
const OPEN = new Set(codesOf("[{"));
const CLOSE = new Set(codesOf("]}"));
const MARKS = new Set(codesOf("-?:"));
const ANCHOR = 38; // &
const BLANKS = new Set([...codesOf(" \t"), Number.NaN]); // NaN: beyond the end of the line

/** The first thing in a text that goes beyond the bounds; line and column count from 1. */
export interface YamlExcess {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Looks once at every character for what would make a text too large or too deep to parse; `null` when there is nothing.
 * Brackets and marks count in comments and texts too: nobody's note leaves sixteen brackets open.
 */
export function yamlExcess(text: string): YamlExcess | null {
  if (text.length > BOUNDS.characters) return { line: 1, column: 1, message: "the file is larger than 1 MiB" };
  const lines = text.split(LINE_BREAK);
  if (lines.length > BOUNDS.lines) return { line: BOUNDS.lines, column: 1, message: `more than ${BOUNDS.lines} lines` };
  const open = { brackets: 0, anchors: 0 };
  for (const [at, line] of lines.entries()) {
    const excess = lineExcess(line, open);
    if (excess !== null) return { line: at + 1, ...excess };
  }
  return null;
}

function lineExcess(line: string, open: { brackets: number; anchors: number }): Omit<YamlExcess, "line"> | null {
  if (line.length > BOUNDS.lineLength) return { column: 1, message: `longer than ${BOUNDS.lineLength} characters` };
  let marks = 0;
  let indented = true;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    const mark = MARKS.has(code) && BLANKS.has(line.charCodeAt(at + 1));
    indented &&= mark || BLANKS.has(code);
    if (mark) marks += 1;
    if (OPEN.has(code)) open.brackets += 1;
    if (CLOSE.has(code)) open.brackets = Math.max(0, open.brackets - 1);
    if (code === ANCHOR && !BLANKS.has(line.charCodeAt(at + 1))) open.anchors += 1;
    const message =
      (indented && at >= BOUNDS.indent && `indented deeper than ${BOUNDS.indent}`) ||
      (marks > BOUNDS.marks && `more than ${BOUNDS.marks} of the marks - ? : in one line`) ||
      (open.brackets > BOUNDS.brackets && `more than ${BOUNDS.brackets} open brackets`) ||
      (open.anchors > BOUNDS.anchors && `more than ${BOUNDS.anchors} anchors`);
    if (message !== false) return { column: at + 1, message };
  }
  return null;
}

function codesOf(characters: string): number[] {
  return Array.from(characters, (one) => one.charCodeAt(0));
}
