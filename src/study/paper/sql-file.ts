/** One query of the study as its file states it. */
export interface SqlFile {
  readonly id: string;
  readonly title: string;
  /** Full sentences: what is counted, of what, what is unknown. */
  readonly definition: string;
  /** Where that meaning is written: rows of the published figures, or that it is ours. */
  readonly source: string;
  /** The query alone, as it is run and shown. */
  readonly sql: string;
}

const HEAD = /^-- (\S+)(?: (.+))?$/u;

/**
 * Reads a file of `sql/`: its first line is `-- ID Title`, then `-- Definition: …` and `-- Source: …`, each over as many comment lines as
 * it needs, then one query.
 *
 * @throws a `TypeError` that names the file when a part is missing: the files are ours.
 */
export function parseSqlFile(text: string, name: string): SqlFile {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("--"));
  const head = lines.slice(0, end);
  const [, id, title] = HEAD.exec(head[0] ?? "") ?? [];
  const definition = told(head, "Definition");
  const source = told(head, "Source");
  const sql = lines.slice(end).join("\n").trim();
  if (end < 1 || id === undefined || definition === "" || source === "" || sql === "")
    throw new TypeError(`${name}: its head must hold an id, Definition and Source, and a query must follow`);
  return { id, title: title ?? id, definition, source, sql };
}

function told(head: readonly string[], word: string): string {
  const start = head.findIndex((line) => line.startsWith(`-- ${word}: `));
  if (start === -1) return "";
  const next = head.findIndex((line, at) => at > start && /^-- [A-Z][a-z]+: /u.test(line));
  const part = head.slice(start, next === -1 ? head.length : next);
  return part
    .map((line) => line.slice(3).trim())
    .join(" ")
    .slice(word.length + 2);
}
