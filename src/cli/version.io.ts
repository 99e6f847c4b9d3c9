import { readFileSync } from "node:fs";

/** `corral 0.1.0`, read from the package's own description. */
export function versionText(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const description: unknown = JSON.parse(text);
  const isKnown = typeof description === "object" && description !== null && "version" in description;
  return `corral ${isKnown ? String(description.version) : "of unknown version"}`;
}
