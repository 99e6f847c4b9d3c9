import { type Figure, isFigure } from "./figure.ts";
import type { Inline } from "./inline.ts";
import type { Table } from "./table.ts";

/** A report as a tree, drawn as HTML or Markdown. */
export interface Document {
  readonly title: string;
  /** One line under the title: what, of whom, when. */
  readonly subtitle: readonly Inline[];
  /** What every reader must know of every part; `null` = nothing. */
  readonly label: Label | null;
  /** The few numbers that stand first. */
  readonly tiles: readonly Tile[];
  readonly sections: readonly Section[];
}

/** A warning that no part can be quoted without. */
export interface Label {
  /** In every heading, caption and figure title: `synthetic data`. */
  readonly mark: string;
  /** At the top, in full. */
  readonly sentence: string;
}

/** A number with its name: `175,108` hosts. */
export interface Tile {
  readonly value: string;
  readonly name: string;
  /** What the number is of: its denominator or unit. */
  readonly note: string;
}

/** A titled part of a document. */
export interface Section {
  /** Anchor: lower-case letters, digits and hyphens; unique in the document. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What a section is made of. */
export type Block = Paragraph | List | Note | Listing | Table | Figure;

export interface Paragraph {
  readonly kind: "paragraph";
  /** Anchor, unique in the document, for links; left out: none. */
  readonly id?: string;
  readonly text: readonly Inline[];
}

export interface List {
  readonly kind: "list";
  readonly items: readonly (readonly Inline[])[];
}

/** Small print under a table or figure: definition, source, denominator. */
export interface Note {
  readonly kind: "note";
  readonly text: readonly Inline[];
}

/** Rows and commands in letters of equal width, each shown whole up to 4,096 characters; a stranger may have written them. */
export interface Listing {
  readonly kind: "listing";
  readonly lines: readonly string[];
}

/** Characters of one line of a {@link Listing} that are shown. */
export const LONGEST_LISTED = 4096;

/** Puts the document's label into every heading, caption and figure title, so that no part can be quoted without it. */
export function labelled(document: Document): Document {
  const { label } = document;
  if (label === null) return document;
  const mark = (text: string): string => `${text} (${label.mark})`;
  const markBlock = (block: Block): Block => {
    if (isFigure(block)) return { ...block, title: mark(block.title) };
    switch (block.kind) {
      case "table":
        return { ...block, caption: mark(block.caption) };
      case "paragraph":
      case "list":
      case "note":
      case "listing":
        return block;
    }
  };
  const sections = document.sections.map((section) => ({
    ...section,
    title: mark(section.title),
    blocks: section.blocks.map(markBlock),
  }));
  return { ...document, title: mark(document.title), sections };
}
