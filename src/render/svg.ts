import { escapeHtml } from "./html-escape.ts";

type Attributes = Readonly<Record<string, string | number>>;

/** A drawing before it has a frame: as wide as its place, `height` pixels high; letters keep their size. */
export interface Sketch {
  readonly height: number;
  readonly children: readonly string[];
  /** A wordless picture above it that grows with its place. */
  readonly scaled?: ScaledPicture;
}

export interface ScaledPicture {
  readonly width: number;
  readonly height: number;
  readonly children: readonly string[];
}

/** An SVG element as text; attribute values are escaped, children are SVG already. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const words = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(String(value))}"`);
  return `<${name}${words.join("")}>${children.join("")}</${name}>`;
}

/** An outline made of our own numbers, which may be longer than any text: neither escaped nor cut. */
export function outline(name: "path" | "polygon", numbers: string, attributes: Attributes): string {
  const key = name === "path" ? "d" : "points";
  return element(name, attributes).replace(`<${name}`, `<${name} ${key}="${numbers}"`);
}

/** A line of text at a place. */
export function text(words: string, attributes: Attributes): string {
  return element("text", attributes, [escapeHtml(words)]);
}

/** A line of text in ink; `at` is its baseline, `anchor` says which end of it stands at `x`. */
export function inkText(
  words: string,
  x: string | number,
  at: number,
  anchor: Anchor = "start",
  size?: number,
): string {
  const place = { x, y: at, ...(anchor === "start" ? {} : { "text-anchor": anchor }) };
  return text(words, { ...place, ...(size === undefined ? {} : { "font-size": size }), fill: INK, class: "ink num" });
}

export type Anchor = "start" | "middle" | "end";

/** A thin level line over the whole width, for the eye. */
export function guideLine(y: number): string {
  return element("line", { x1: 0, x2: "100%", y1: y, y2: y, stroke: GUIDE, class: "guide" });
}

/**
 * The picture around its parts: as wide as its place, `height` pixels high, described for who cannot see it. Colours stand in
 * attributes (a picture taken out of its page keeps them) and in classes (the page's style sheet may change them).
 */
export function picture(height: number, alt: string, children: readonly string[]): string {
  const attributes = { xmlns: NAMESPACE, width: "100%", height, role: "img", "aria-label": alt };
  return element("svg", { ...attributes, ...LETTERS }, children);
}

/** A share of 0 … 1 as a percentage of the picture's width, two decimals. */
export function percent(share: number): string {
  return `${Number((Math.min(Math.max(share, 0), 1) * 100).toFixed(2))}%`;
}

/** A length or place in pixels, one decimal. */
export function pixels(length: number): number {
  return Number(length.toFixed(1));
}

export const NAMESPACE = "http://www.w3.org/2000/svg";
/** Letters of every picture; none is smaller than 11 pixels. */
export const LETTERS = { "font-family": "system-ui, sans-serif", "font-size": 13 } as const;
export const SMALL_PX = 11;
/** Colours that stay apart for the colour-blind (Okabe and Ito 2008), the last for what is unknown or other. */
export const SERIES = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#8a8f98"] as const;
/** Ink of labels and of lines that only guide the eye; the ground under empty bars and land without a number. */
export const INK = "#1b1f24";
export const GUIDE = "#d5d9de";
export const TRACK = "#eceef0";
