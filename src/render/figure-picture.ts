import { sketch } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { element, inkText, LETTERS, NAMESPACE, pixels } from "./svg.ts";
import { visibleText } from "./visible-text.ts";

const MARGIN = 16;
const GAP = 10;
const NARROWEST = 320;
const WIDEST = 2_000;
const LETTER_SHARE = 0.56; // width of a letter as a share of its height, in a wide face

/** Lines of one size that stand over or under a drawing. */
interface Words {
  readonly text: string;
  readonly sizePx: number;
  readonly weight: "normal" | "bold";
}

/**
 * Draws a figure as a picture that stands alone, on white: its title, what it counts of how many, the drawing and its source in
 * one SVG of `widthPx` (320 to 2,000) pixels. A label is part of the title: take figures of a labelled document.
 */
export function figurePicture(figure: Figure, widthPx: number): string {
  const width = Math.round(Math.min(Math.max(widthPx, NARROWEST), WIDEST));
  const inner = width - 2 * MARGIN;
  const { height, children, scaled } = sketch(figure);
  const mapHeight = scaled === undefined ? 0 : pixels((inner * scaled.height) / scaled.width);
  const head = stack(headWords(figure), inner, MARGIN);
  const foot = stack(footWords(figure), inner, head.bottom + GAP + mapHeight + height + GAP);
  const total = pixels(foot.bottom + MARGIN);
  const place = { x: MARGIN, y: pixels(head.bottom + GAP), width: inner };
  const box = { xmlns: NAMESPACE, width, height: total, viewBox: `0 0 ${width} ${total}`, role: "img" };
  return element("svg", { ...box, "aria-label": figure.alt, ...LETTERS }, [
    element("rect", { width, height: total, fill: "#ffffff" }),
    ...head.lines,
    ...(scaled === undefined
      ? []
      : [
          element(
            "svg",
            { ...place, height: mapHeight, viewBox: `0 0 ${scaled.width} ${scaled.height}` },
            scaled.children,
          ),
        ]),
    element("svg", { ...place, y: pixels(place.y + mapHeight), height, overflow: "visible" }, children),
    ...foot.lines,
  ]);
}

function headWords(figure: Figure): readonly Words[] {
  const { title, frame } = figure;
  const of = frame === undefined ? [] : [{ text: `${frame.unit}, ${frame.of}`, sizePx: 13, weight: "normal" } as const];
  return [{ text: title, sizePx: 16, weight: "bold" }, ...of];
}

function footWords(figure: Figure): readonly Words[] {
  const { frame } = figure;
  return frame === undefined ? [] : [{ text: `Source: ${frame.source}`, sizePx: 11, weight: "normal" }];
}

function stack(
  words: readonly Words[],
  width: number,
  top: number,
): { readonly lines: readonly string[]; readonly bottom: number } {
  let bottom = top;
  const lines = words.flatMap(({ text, sizePx, weight }) =>
    wrapped(visibleText(text, 400), Math.floor(width / (sizePx * LETTER_SHARE))).map((line) => {
      bottom += Math.round(sizePx * 1.35);
      const drawn = inkText(line, MARGIN, pixels(bottom - sizePx * 0.3), "start", sizePx);
      return weight === "bold" ? element("g", { "font-weight": "bold" }, [drawn]) : drawn;
    }),
  );
  return { lines, bottom };
}

/** Lines of at most `longest` characters, broken at spaces where there are any. */
function wrapped(text: string, longest: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => pieces(one, longest))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (Array.from(longer).length > longest) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}

function pieces(word: string, longest: number): readonly string[] {
  const letters = Array.from(word);
  const count = Math.max(Math.ceil(letters.length / longest), 1);
  return Array.from({ length: count }, (_, index) => letters.slice(index * longest, (index + 1) * longest).join(""));
}
