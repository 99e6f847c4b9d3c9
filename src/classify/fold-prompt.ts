import { PROMPT_READ_UNITS } from "../model/prompt-class.ts";

/** Of {@link PROMPT_READ_UNITS} the part that is kept for the end. */
const READ_AT_END = 4_096;

const UNSEEN = /\p{Cf}/gu;
const MARK = /\p{M}/gu;
const WORD = /[\p{L}\p{N}@$]+/gu;
const LATIN = /\p{Script=Latin}/u;
const LOOKS_LATIN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
const LETTER = /\p{L}/gu;
const KNOWN_LETTER =
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}ー]/gu;
const ASCII_LETTER = /[a-z]/u;
const APOSTROPHES = /[\u2018\u2019\u02BC]/gu;

/** Letters that look like Latin ones, used to hide a word from lists. */
const HOMOGLYPHS: ReadonlyMap<string, string> = new Map(
  "аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs ԁd ɡg αa βb εe ιi κk νv οo ρp τt υu χx"
    .split(" ")
    .map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);
/** Digits and marks written for letters, where letters stand on both sides. */
const LEET: ReadonlyMap<string, string> = new Map(
  "0o 1i 3e 4a 5s 7t @a $s".split(" ").map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);

/** Makes spellings of the same words equal: width, case, accents, unseen characters, look-alike letters, digits within words. */
export function foldPrompt(text: string): string {
  const plain = cut(text).normalize("NFKC").replaceAll(UNSEEN, "").replaceAll(APOSTROPHES, "'").toLowerCase();
  const bare = plain.normalize("NFKD").replaceAll(MARK, "").normalize("NFC");
  return joinSpelled(bare.slice(0, 2 * PROMPT_READ_UNITS).replaceAll(WORD, unmask));
}

/** The words of a text that has a beginning and an end too far apart to be read whole. */
function cut(text: string): string {
  if (text.length <= PROMPT_READ_UNITS) return text;
  return `${text.slice(0, PROMPT_READ_UNITS - READ_AT_END)}\n${text.slice(-READ_AT_END)}`;
}

/** `сеnsorship` with Cyrillic letters, or `unc3nsored`, in Latin letters; a word of one script stays as it is. */
function unmask(word: string): string {
  if (!LATIN.test(word)) return word;
  const latin = LOOKS_LATIN.test(word) ? mapped(word, HOMOGLYPHS) : word;
  const letters = Array.from(latin);
  return letters.map((mark, at) => (isInside(letters, at) ? (LEET.get(mark) ?? mark) : mark)).join("");
}

function mapped(word: string, table: ReadonlyMap<string, string>): string {
  return Array.from(word, (letter) => table.get(letter) ?? letter).join("");
}

/** A mark with a letter before it and one after it, another mark between at most. */
function isInside(letters: readonly string[], at: number): boolean {
  const near = (step: 1 | -1): boolean =>
    [1, 2].some(
      (far) => ASCII_LETTER.test(letters[at + step * far] ?? "") && (far === 1 || LEET.has(letters[at + step] ?? "")),
    );
  return near(1) && near(-1);
}

/** `u n c e n s o r e d` → one word; at least five single letters in a row. */
function joinSpelled(text: string): string {
  const words = text.split(" ");
  const joined: string[] = [];
  let run: string[] = [];
  const end = (): void => {
    joined.push(...(run.length >= 5 ? [run.join("")] : run));
    run = [];
  };
  for (const word of words) {
    if (word.length === 1 && LATIN.test(word)) {
      run.push(word);
      continue;
    }
    end();
    joined.push(word);
  }
  end();
  return joined.join(" ");
}

/** `none` without a letter, `unread` when most letters are of scripts without lists, else `read`. */
export function legibility(text: string): "none" | "unread" | "read" {
  const sample = cut(text).normalize("NFKC");
  const letters = sample.match(LETTER)?.length ?? 0;
  if (letters === 0) return "none";
  const known = sample.match(KNOWN_LETTER)?.length ?? 0;
  return known * 2 < letters ? "unread" : "read";
}
