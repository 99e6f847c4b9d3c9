import { readFile } from "node:fs/promises";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

const SHARPNESS = 2; // pixels of the picture per pixel of the drawing
const ENGINE = import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm");
const FONTS = [
  import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf"),
  import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf"),
];
const FAMILY = "DejaVu Sans Condensed";

type Drawer = (svg: string) => Uint8Array;

let loading: Promise<Drawer> | undefined;

/**
 * Turns a picture of `figurePicture` into PNG, two pixels a pixel, by a drawing engine and letters that come with the package: the
 * same picture gives the same bytes on every machine, whatever fonts it has. Scripts that DejaVu lacks (Chinese, Japanese, Korean)
 * become boxes.
 */
export async function pngOf(svg: string): Promise<Uint8Array> {
  loading ??= load();
  return (await loading)(svg);
}

async function load(): Promise<Drawer> {
  await initWasm(await readFile(new URL(ENGINE)));
  const fontBuffers = await Promise.all(FONTS.map((file) => readFile(new URL(file))));
  const font = { fontBuffers, defaultFontFamily: FAMILY, sansSerifFamily: FAMILY };
  return (svg) => {
    const drawing = new Resvg(svg, { fitTo: { mode: "zoom", value: SHARPNESS }, font });
    const picture = drawing.render();
    const png = picture.asPng();
    picture.free();
    drawing.free();
    return png;
  };
}
