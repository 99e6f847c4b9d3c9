import { readFileSync } from "node:fs";

/** `corral 0.1.0`, read from the package's own description. */
export function versionText(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  return `corral ${version}`;
}
