import type { PaperTable } from "./paper-table.ts";

/** `T6 Lineages by three weightings`; an output that the study did not number goes by its title. */
export function nameOf({ output, file }: PaperTable): string {
  return /^[FT]\d/u.test(output.id) ? `${output.id} ${file.title}` : file.title;
}
