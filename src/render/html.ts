import { createHash } from "node:crypto";
import { type Block, type Document, labelled, LONGEST_LISTED, type Section, type Tile } from "./document.ts";
import { drawFigure } from "./draw-figure.ts";
import { type Figure, isFigure } from "./figure.ts";
import { escapeHtml } from "./html-escape.ts";
import { HTML_STYLE } from "./html-style.ts";
import type { Inline } from "./inline.ts";
import type { Column, Table } from "./table.ts";
import { LONGEST_SHOWN } from "./visible-text.ts";

/**
 * Draws a document as one HTML file that asks nothing of anyone: no script, no address but its own anchors, its style allowed by
 * hash in a policy that forbids all else. Reads on a phone, prints, follows light and dark.
 */
export function renderHtml(document: Document): string {
  const marked = labelled(document);
  const styleHash = createHash("sha256").update(HTML_STYLE).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(marked.title)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<a class="skip" href="#${sectionId(marked.sections[0])}">Skip to the report</a>
<header>
${marked.label === null ? "" : `<p class="label" role="note">${escapeHtml(marked.label.sentence)}</p>\n`}<h1>${escapeHtml(document.title)}</h1>
<p class="subtitle">${inlines(marked.subtitle)}</p>
<dl class="tiles">
${marked.tiles.map(tile).join("\n")}
</dl>
<nav aria-label="Contents"><ul>
${document.sections.map((one) => `<li><a href="#${sectionId(one)}">${escapeHtml(one.title)}</a></li>`).join("\n")}
</ul></nav>
</header>
<main>
${marked.sections.map(section).join("\n")}
</main>
</body>
</html>
`;
}

function sectionId(one: Section | undefined): string {
  return escapeHtml(one?.id ?? "top");
}

function tile(one: Tile): string {
  const note = `<dd class="note">${escapeHtml(one.note)}</dd>`;
  return `<div><dt>${escapeHtml(one.name)}</dt><dd class="value">${escapeHtml(one.value)}</dd>${note}</div>`;
}

function section(one: Section): string {
  const id = sectionId(one);
  const blocks = pairs(one.blocks).map((group) =>
    group.length === 1 ? group.map(block).join("") : `<div class="pair">\n${group.map(block).join("\n")}\n</div>`,
  );
  return `<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${escapeHtml(one.title)}</h2>
${blocks.join("\n")}
</section>`;
}

/** Puts a figure beside the table that follows it. */
function pairs(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const groups: Block[][] = [];
  for (const one of blocks) {
    const last = groups.at(-1);
    const follows = one.kind === "table" && last?.length === 1 && last[0] !== undefined && isFigure(last[0]);
    if (follows) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

function block(one: Block): string {
  if (isFigure(one)) return figure(one);
  switch (one.kind) {
    case "paragraph":
      return `<p${one.id === undefined ? "" : ` id="${escapeHtml(one.id)}"`}>${inlines(one.text)}</p>`;
    case "note":
      return `<p class="note">${inlines(one.text)}</p>`;
    case "listing":
      return `<pre>${one.lines.map((line) => escapeHtml(line, LONGEST_LISTED)).join("\n")}</pre>`;
    case "list":
      return `<ul>${one.items.map((item) => `<li>${inlines(item)}</li>`).join("")}</ul>`;
    case "table":
      return table(one);
  }
}

function figure(one: Figure): string {
  const { frame } = one;
  const of = frame === undefined ? "" : `<span class="frame">${escapeHtml(`${frame.unit}, ${frame.of}`)}</span>`;
  const source = frame === undefined ? "" : `<p class="note">Source: ${escapeHtml(frame.source)}</p>`;
  const name = frame === undefined ? "" : ' class="framed"';
  return `<figure${name}><figcaption>${escapeHtml(one.title)}${of}</figcaption>${drawFigure(one)}${source}</figure>`;
}

function table(one: Table): string {
  const caption = escapeHtml(one.caption);
  const cells = one.columns
    .map((column) => `<th scope="col"${numeric(column)}>${escapeHtml(column.name)}</th>`)
    .join("");
  const named = one.columns.some((column) => column.name !== "");
  const head = named
    ? `<thead><tr>${cells}</tr></thead>
`
    : "";
  const rows = one.rows.map((row) => `<tr>${row.map((cell, index) => tableCell(cell, index, one)).join("")}</tr>`);
  return `<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table${one.hasCards === true ? ' class="cards"' : ""}>
<caption><span>${caption}</span></caption>
${head}<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}

function tableCell(cell: Inline, index: number, { columns, hasCards }: Table): string {
  const column = columns[index];
  const name = hasCards === true ? ` data-name="${escapeHtml(column?.name ?? "")}"` : "";
  return index === 0
    ? `<th scope="row"${name}>${inline(cell)}</th>`
    : `<td${numeric(column)}${name}>${inline(cell)}</td>`;
}

function numeric(column: Column | undefined): string {
  return column?.holds === "number" ? ' class="num"' : "";
}

function inlines(pieces: readonly Inline[]): string {
  return pieces.map(inline).join("");
}

function inline(piece: Inline): string {
  if (typeof piece === "string") return escapeHtml(piece);
  switch (piece.kind) {
    case "outside":
      return `<bdi>${escapeHtml(piece.text, LONGEST_SHOWN)}</bdi>`;
    case "code":
      return `<code>${command(piece.text)}</code>`;
    case "link":
      return `<a href="#${escapeHtml(piece.to)}">${escapeHtml(piece.text)}</a>`;
    case "badge":
      return `<span class="badge ${piece.text}">${piece.text}</span>`;
  }
}

/** An option of a command is not broken after its hyphen. */
function command(text: string): string {
  const words = escapeHtml(text).split(" ");
  return words.map((word) => (word.startsWith("-") ? `<span>${word}</span>` : word)).join(" ");
}
