import type { Severity } from "../model/finding.ts";

/** A piece of running text: our own words, plain or marked, or a text from outside, which is shown as such and never trusted. */
export type Inline = string | Outside | Code | Link | Badge;

/** A text that a stranger or a file wrote: model name, version, scope name. */
export interface Outside {
  readonly kind: "outside";
  readonly text: string;
}

/** A command or name in letters of equal width, shown whole up to 4,000 characters; not for cells of tables. */
export interface Code {
  readonly kind: "code";
  readonly text: string;
}

/** Our own words that lead to an anchor of the same document; formats without anchors show the words alone. */
export interface Link {
  readonly kind: "link";
  /** `id` of a section or paragraph. */
  readonly to: string;
  readonly text: string;
}

/** A severity, marked by weight and frame beside its word, so that it is seen without colour. */
export interface Badge {
  readonly kind: "badge";
  readonly text: Severity;
}

/** Marks a text as coming from outside. */
export function outside(text: string): Outside {
  return { kind: "outside", text };
}

/** The bare text of a piece, for places without markup (attributes, SVG); still to be escaped. */
export function inlineText(inline: Inline): string {
  return typeof inline === "string" ? inline : inline.text;
}
