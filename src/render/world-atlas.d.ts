declare module "world-atlas/countries-110m.json" {
  import type { GeometryCollection, Topology } from "topojson-specification";

  /** Countries of Natural Earth, 1:110 million; ids are ISO 3166-1 numbers, three shapes have none. */
  const atlas: Topology<{ countries: GeometryCollection<{ name: string }> }>;
  export default atlas;
}
