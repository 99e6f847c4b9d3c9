import type { YamlPath } from "../../format/yaml-document.ts";

/** A rule that a well-formed configuration breaks. */
export interface ConfigFault {
  readonly path: YamlPath;
  readonly message: string;
}
