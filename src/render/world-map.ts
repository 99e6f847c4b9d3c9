import { type GeoContext, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import atlas from "world-atlas/countries-110m.json" with { type: "json" };
import { COUNTRY_OF_NUMBER } from "../knowledge/countries.ts";

/** A piece of land on the map. */
export interface Land {
  /** Two letters; null where nobody agrees on whose it is. */
  readonly country: string | null;
  /** SVG path data in whole units of the map. */
  readonly path: string;
}

/** The map's size in its own units: a tenth of a pixel on a screen. */
export const MAP_WIDTH = 8_000;
export const MAP_HEIGHT = 3_530;

const ANTARCTICA = "010"; // nobody is counted there, and it would take a fifth of the map
const NUMBERLESS: Readonly<Record<string, string>> = { Kosovo: "XK" };

/** The lands of the world in the Equal Earth projection: areas keep their proportion, so that no country looks bigger than it is. */
export function worldLands(): readonly Land[] {
  lands ??= drawLands();
  return lands;
}

/** Drawn once: it takes some 50 ms and is always the same. */
let lands: readonly Land[] | undefined;

function drawLands(): readonly Land[] {
  const land = feature(atlas, atlas.objects.countries);
  const shown = { ...land, features: land.features.filter((one) => one.id !== ANTARCTICA) };
  const projection = geoEqualEarth().fitExtent(
    [
      [10, 10],
      [MAP_WIDTH - 10, MAP_HEIGHT - 10],
    ],
    shown,
  );
  return shown.features.map((one) => {
    const pen = stepwisePen();
    geoPath(projection, pen)(one);
    return {
      country: COUNTRY_OF_NUMBER.get(String(one.id)) ?? NUMBERLESS[one.properties.name] ?? null,
      path: pen.written(),
    };
  });
}

/** Writes outlines as whole steps from point to point: half the letters that absolute places take. Lands have no arcs. */
function stepwisePen(): GeoContext & { written(): string } {
  let path = "";
  let ring = "";
  let from = { x: 0, y: 0 }; // where the last outline that was written began, and the pen returned to
  let at = from;
  let begin = from;
  const step = (letter: "m" | "l", to: typeof from): void => {
    const across = to.x - at.x;
    const down = to.y - at.y;
    if (letter === "l" && across === 0 && down === 0) return;
    ring += `${letter}${across}${down < 0 ? "" : " "}${down}`;
    at = to;
  };
  return {
    written: () => path,
    beginPath: () => undefined,
    arc: () => undefined,
    moveTo: (x, y) => {
      ring = "";
      at = from;
      begin = { x: Math.round(x), y: Math.round(y) };
      step("m", begin);
    },
    lineTo: (x, y) => {
      step("l", { x: Math.round(x), y: Math.round(y) });
    },
    closePath: () => {
      if (!ring.includes("l")) return; // an island smaller than a step
      path += `${ring}z`;
      from = begin;
    },
  };
}
