declare module "world-atlas/countries-110m.json" {
  /** A land; its id is the country's ISO 3166-1 number, which three have not. */
  interface Shape {
    id?: string;
    properties: { name: string };
  }

  /** Countries of Natural Earth, 1:110 million, as TopoJSON. */
  const atlas: {
    type: "Topology";
    arcs: number[][][];
    transform: { scale: [number, number]; translate: [number, number] };
    objects: {
      countries: {
        type: "GeometryCollection";
        geometries: (
          (Shape & { type: "Polygon"; arcs: number[][] }) | (Shape & { type: "MultiPolygon"; arcs: number[][][] })
        )[];
      };
    };
  };
  export default atlas;
}
