/** One setting of a printed map. */
export interface MapEntry {
  readonly name: string;
  readonly value: string;
}

const MOST_ENTRIES = 128;
const LONGEST_MAP = 65_536;
const NAME = /^[A-Za-z_]\w{2,63}$/u;

/**
 * Takes apart what Go prints of a map of texts: `map[OLLAMA_DEBUG:false OLLAMA_HOST:http://0.0.0.0:11434 OLLAMA_ORIGINS:[a b] no_proxy:]`.
 * A name is a word of at least three letters before a colon that follows a space outside of brackets, so `C:` in a path and `https:` in a
 * list of origins are none.
 *
 * @returns Entries in order, values without their brackets' meaning changed; empty for any other text.
 */
export function mapEntries(text: string): readonly MapEntry[] {
  if (!text.startsWith("map[") || !text.endsWith("]") || text.length > LONGEST_MAP) return [];
  const inside = text.slice(4, -1);
  const entries: { name: string; value: string }[] = [];
  let depth = 0;
  let from = 0;
  const piece = (to: number): void => {
    const word = inside.slice(from, to);
    const colon = word.indexOf(":");
    const name = word.slice(0, Math.max(colon, 0));
    const last = entries.at(-1);
    if (NAME.test(name) && entries.length < MOST_ENTRIES && !isScheme(word, colon))
      entries.push({ name, value: word.slice(colon + 1) });
    else if (last !== undefined) last.value += ` ${word}`;
  };
  for (let at = 0; at < inside.length; at += 1) {
    const char = inside[at];
    if (char === "[") depth += 1;
    else if (char === "]") depth = Math.max(0, depth - 1);
    else if (char === " " && depth === 0) {
      piece(at);
      from = at + 1;
    }
  }
  piece(inside.length);
  return entries;
}

/** `https://…` behind a space is the second address of a value, not a name. */
function isScheme(word: string, colon: number): boolean {
  return word.startsWith("//", colon + 1) && !word.startsWith("OLLAMA_");
}
