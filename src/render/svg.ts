import { escapeHtml } from "./html-escape.ts";

type Attributes = Readonly<Record<string, string | number>>;

/** An SVG element as text; attribute values are escaped, children are SVG already. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const words = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(String(value))}"`);
  return `<${name}${words.join("")}>${children.join("")}</${name}>`;
}

/** A line of text at a place. */
export function text(words: string, attributes: Attributes): string {
  return element("text", attributes, [escapeHtml(words)]);
}

/**
 * The picture around its parts: as wide as its place, `height` pixels high, described for who cannot see it. Colours stand in
 * attributes (a picture taken out of its page keeps them) and in classes (the page's style sheet may change them).
 */
export function picture(height: number, alt: string, children: readonly string[]): string {
  const attributes = { xmlns: "http://www.w3.org/2000/svg", width: "100%", height, role: "img", "aria-label": alt };
  return element("svg", { ...attributes, "font-family": "system-ui, sans-serif", "font-size": 13 }, children);
}

/** A share of 0 … 1 as a percentage of the picture's width, two decimals. */
export function percent(share: number): string {
  return `${Number((Math.min(Math.max(share, 0), 1) * 100).toFixed(2))}%`;
}

/** Colours that stay apart for the colour-blind (Okabe and Ito 2008), the last for what is unknown or other. */
export const SERIES = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#8a8f98"] as const;
/** Ink of labels and of lines that only guide the eye. */
export const INK = "#1b1f24";
export const GUIDE = "#d5d9de";
