import type { Examples } from "../examples.ts";
import type { NetworkType } from "./network-kind.ts";

/**
 * One rule on the name of an organisation. A name is read as words in small letters without accents. A term is a whole word (`bank`), the
 * beginning of one (`universit*`), its end (`*hosting`), words in a row (`city of`), or a piece of a text in a script without spaces.
 */
export interface NameRule {
  readonly id: string;
  readonly type: NetworkType;
  readonly terms: readonly string[];
  readonly source: string;
  readonly matches: Examples;
  readonly rejects: Examples;
}
