/** Documents of one file that are read at most. */
export const MOST_DOCUMENTS = 200;

const MARKER = /^---(?=\s|$)/u;

/**
 * The documents of a YAML file, each with empty lines in place of all before it, so that its lines keep their numbers. One more than
 * `MOST_DOCUMENTS` when there are too many.
 */
export function splitDocuments(text: string): readonly string[] {
  const documents: string[] = [];
  let own: string[] = [];
  const lines = text.split("\n");
  const end = (): void => {
    if (own.some((line) => !isEmpty(line))) documents.push(`${"\n".repeat(startOf - 1)}${own.join("\n")}`);
  };
  let startOf = 1;
  for (const [at, line] of lines.entries()) {
    if (MARKER.test(line)) {
      end();
      if (documents.length > MOST_DOCUMENTS) return documents;
      startOf = at + 1;
      own = [line.replace(MARKER, "   ")];
    } else own.push(line);
  }
  end();
  return documents;
}

function isEmpty(line: string): boolean {
  const words = line.trim();
  return words === "" || words.startsWith("#");
}
