import { describe, expect, test } from "vitest";
import { CAPABILITIES, COUNTRY_MAP, STUDY_FIGURES } from "../../test/support/figures.ts";
import { figurePicture } from "./figure-picture.ts";
import { pngOf } from "./png.io.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const size = (png: Uint8Array): readonly number[] => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

describe.each(STUDY_FIGURES)("$kind", (figure) => {
  test("becomes a PNG of twice its size, the same twice", async () => {
    const svg = figurePicture(figure, 390);
    const png = await pngOf(svg);
    expect([...png.subarray(0, 8)]).toEqual(SIGNATURE);
    const height = Number(/height="([\d.]+)" viewBox="0 0 390/u.exec(svg)?.[1]);
    expect(size(png)).toEqual([780, Math.round(height * 2)]);
    expect(Buffer.compare(png, await pngOf(svg))).toBe(0);
  });
});

test("letters are drawn though no font of this machine is read", async () => {
  const svg = figurePicture(CAPABILITIES, 390);
  const wordless = svg.replace(/<text[^>]*>[^<]*<\/text>/gu, "");
  expect((await pngOf(svg)).length).toBeGreaterThan((await pngOf(wordless)).length + 5_000);
});

test.for([
  [1, 320],
  [960, 960],
  [1e9, 2_000],
] as const)("a width of %d is drawn as %d", ([asked, drawn]) => {
  expect(figurePicture(COUNTRY_MAP, asked)).toContain(`width="${drawn}" height="`);
});
