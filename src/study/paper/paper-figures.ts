import type { Block } from "../../render/document.ts";
import type { PaperTable } from "./paper-table.ts";

/** The figures of an output; most tables have none. */
export function figuresOf(_table: PaperTable): readonly Block[] {
  return [];
}
