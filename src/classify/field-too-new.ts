import { OLLAMA_FIELDS } from "../knowledge/ollama-fields.ts";
import type { FieldIntroduction } from "../knowledge/ollama-fields.ts";
import { parseVersion, versionRank } from "./version.ts";
import type { Version } from "./version.ts";

/**
 * Of the fields an answer showed, those that the version the server names could not send.
 *
 * @param version - As the server wrote it; unknown versions accuse nobody.
 * @param shown - Field names as `OLLAMA_FIELDS` writes them; others are ignored.
 */
export function fieldsTooNew(
  version: string | null,
  route: FieldIntroduction["route"],
  shown: readonly string[],
): readonly string[] {
  const parsed = parseVersion(version);
  if (parsed === null) return [];
  return shown.filter((field) =>
    OLLAMA_FIELDS.some((row) => row.route === route && row.field === field && cannotSend(parsed, row)),
  );
}

function cannotSend(version: Version, row: FieldIntroduction): boolean {
  const since = parseVersion(row.since);
  const line = releaseOf(version);
  if (since === null || row.except.includes(`${line.major}.${line.minor}.${line.patch}`)) return false;
  return versionRank(line) < versionRank(since);
}

/** A candidate may already send what its release brings. */
function releaseOf(version: Version): Version {
  return { ...version, stage: null };
}
