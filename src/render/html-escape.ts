import { visibleText } from "./visible-text.ts";

const SPECIAL = /[&<>"']/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const LONGEST_WORDS = 4_000; // characters of our own words in one place

/** A text for an HTML or SVG text node or quoted attribute: made visible first, so that no control character gets through. */
export function escapeHtml(text: string, longest = LONGEST_WORDS): string {
  return visibleText(text, longest).replace(SPECIAL, (character) => ENTITIES[character] ?? "");
}
