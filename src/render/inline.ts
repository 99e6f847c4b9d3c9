/** A piece of running text: our own words, or a text from outside, which is shown as such and never trusted. */
export type Inline = string | Outside;

/** A text that a stranger or a file wrote: model name, version, scope name. */
export interface Outside {
  readonly kind: "outside";
  readonly text: string;
}

/** Marks a text as coming from outside. */
export function outside(text: string): Outside {
  return { kind: "outside", text };
}

/** The bare text of a piece, for places without markup (attributes, SVG); still to be escaped. */
export function inlineText(inline: Inline): string {
  return typeof inline === "string" ? inline : inline.text;
}
