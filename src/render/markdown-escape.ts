import { visibleText } from "./visible-text.ts";

const SPECIAL = /[\\`*[\]<>|~#&$]/gu;
const LONE_UNDERSCORE = /(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])/gu;
const ENDS_CODE = /[`|\\]/gu;
const LONGEST_WORDS = 4_000; // characters of our own words in one place

/** Our own words for Markdown: what could be structure becomes a character reference, which Markdown never reads as structure. */
export function escapeMarkdown(text: string): string {
  return visibleText(text, LONGEST_WORDS).replace(SPECIAL, reference).replace(LONE_UNDERSCORE, "&#95;");
}

/**
 * A text from outside for Markdown, as a code span: no renderer makes a link, a tag or emphasis of it. What could end the span or
 * the table cell (backtick, pipe, backslash) is written out by its number.
 */
export function markdownCode(text: string): string {
  const seen = visibleText(text).replace(ENDS_CODE, (one) => `⟨U+00${one.charCodeAt(0).toString(16).toUpperCase()}⟩`);
  return seen.trim() === "" ? "(blank)" : `\`${seen}\``;
}

/** A command of our own as a code span, to be copied as it stands; only a backtick is written out. Not for cells of tables. */
export function markdownCommand(text: string): string {
  const seen = visibleText(text, LONGEST_WORDS).replaceAll("`", "⟨U+0060⟩");
  return seen.trim() === "" ? "(blank)" : `\`${seen}\``;
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
