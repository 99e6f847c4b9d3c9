/** Longest piece of a name that is read, in UTF-16 units. */
const LONGEST = 300;
const MARKS = /\p{M}/gu;
const NO_WORD = /[^\p{L}\p{N}]+/u;

/** A name taken apart for rules. */
export interface NameParts {
  /** Small letters without accents, as one text. */
  readonly text: string;
  readonly words: readonly string[];
  readonly known: ReadonlySet<string>;
  /** The words with one blank before, between and after: words in a row are found in it. */
  readonly row: string;
}

/** Takes an organisation's name apart. Total over any text; what is longer than 300 units is cut. */
export function nameParts(name: string): NameParts {
  const text = name.slice(0, LONGEST).normalize("NFKD").replaceAll(MARKS, "").toLowerCase().normalize("NFC");
  const words = text.split(NO_WORD).filter((word) => word !== "");
  return { text, words, known: new Set(words), row: ` ${words.join(" ")} ` };
}

/** Tells whether a name has a term: see `NameRule` for how terms are written. */
export function hasTerm({ text, words, known, row }: NameParts, term: string): boolean {
  if (term.startsWith("*")) {
    const end = term.slice(1);
    return words.some((word) => word.length > end.length && word.endsWith(end));
  }
  if (term.endsWith("*")) {
    const start = term.slice(0, -1);
    return words.some((word) => word.startsWith(start));
  }
  if (term.includes(" ")) return row.includes(` ${term} `);
  return term.charCodeAt(0) > 0x2e7f ? text.includes(term) : known.has(term);
}
