import { type Block, type Document, labelled, type Listing, LONGEST_LISTED, type Section } from "./document.ts";
import { type Figure, isFigure } from "./figure.ts";
import { figureTable } from "./figure-table.ts";
import type { Inline } from "./inline.ts";
import { escapeMarkdown, markdownCode, markdownCommand } from "./markdown-escape.ts";
import type { Table } from "./table.ts";
import { visibleText } from "./visible-text.ts";

/** Draws a document as GitHub-flavoured Markdown; a figure is told in its sentence, its numbers stand in a table. */
export function renderMarkdown(document: Document): string {
  const marked = labelled(document);
  const parts = [
    `# ${escapeMarkdown(marked.title)}`,
    ...(marked.label === null ? [] : [`> **${escapeMarkdown(marked.label.sentence)}**`]),
    inlines(marked.subtitle),
    marked.tiles
      .map((tile) => `- **${escapeMarkdown(tile.value)}** ${escapeMarkdown(`${tile.name}: ${tile.note}`)}`)
      .join("\n"),
    ...marked.sections.map(section),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function section(one: Section): string {
  return [
    `## ${escapeMarkdown(one.title)}`,
    ...one.blocks.map((each, index) => block(each, one.blocks[index + 1])),
  ].join("\n\n");
}

function block(one: Block, next: Block | undefined): string {
  if (isFigure(one)) return figure(one, next?.kind === "table");
  switch (one.kind) {
    case "paragraph":
      return inlines(one.text);
    case "note":
      return `*${inlines(one.text)}*`;
    case "listing":
      return listing(one);
    case "list":
      return one.items.map((item) => `- ${inlines(item)}`).join("\n");
    case "table":
      return table(one);
  }
}

/** Indented: nothing within can end the block, and no renderer reads structure in it. */
function listing({ lines }: Listing): string {
  return lines.map((line) => `    ${visibleText(line, LONGEST_LISTED)}`).join("\n");
}

/** A figure in words; one that says what it counts also brings its numbers, unless the table after it does. */
function figure(one: Figure, isBesideTable: boolean): string {
  const told = `*${escapeMarkdown(`${one.title}: ${one.alt}`)}*`;
  if (one.frame === undefined) return told;
  const framed = escapeMarkdown(`${one.frame.unit}, ${one.frame.of}. Source: ${one.frame.source}`);
  return [told, framed, ...(isBesideTable ? [] : [table(figureTable(one))])].join("\n\n");
}

function table(one: Table): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    `**${escapeMarkdown(one.caption)}**`,
    "",
    row(one.columns.map((column) => escapeMarkdown(column.name))),
    row(one.columns.map((column) => (column.holds === "number" ? "---:" : "---"))),
    ...one.rows.map((cells) => row(cells.map(inline))),
  ].join("\n");
}

function inlines(pieces: readonly Inline[]): string {
  return pieces.map(inline).join("");
}

function inline(piece: Inline): string {
  if (typeof piece === "string") return escapeMarkdown(piece);
  switch (piece.kind) {
    case "outside":
      return markdownCode(piece.text);
    case "code":
      return markdownCommand(piece.text);
    case "link":
      return escapeMarkdown(piece.text);
    case "badge":
      return piece.text === "critical" || piece.text === "high" ? `**${piece.text}**` : piece.text;
  }
}
