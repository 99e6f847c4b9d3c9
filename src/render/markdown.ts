import { type Block, type Document, labelled, type Section } from "./document.ts";
import type { Inline } from "./inline.ts";
import { escapeMarkdown, markdownCode } from "./markdown-escape.ts";
import type { Table } from "./table.ts";

/** Draws a document as GitHub-flavoured Markdown; a figure is told in its sentence, its numbers stand in the table beside it. */
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
  return [`## ${escapeMarkdown(one.title)}`, ...one.blocks.map(block)].join("\n\n");
}

function block(one: Block): string {
  switch (one.kind) {
    case "paragraph":
      return inlines(one.text);
    case "note":
      return `*${inlines(one.text)}*`;
    case "list":
      return one.items.map((item) => `- ${inlines(item)}`).join("\n");
    case "table":
      return table(one);
    case "bars":
    case "parts":
    case "columns":
      return `*${escapeMarkdown(`${one.title}: ${one.alt}`)}*`;
  }
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
  return typeof piece === "string" ? escapeMarkdown(piece) : markdownCode(piece.text);
}
