import { realpathSync } from "node:fs";

/** The name of a file without links on the way to it; of one that is not there the name as given. */
export function trueNameOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
