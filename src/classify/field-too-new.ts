import { OLLAMA_FIELDS } from "../knowledge/ollama-fields.ts";
import type { FieldIntroduction } from "../knowledge/ollama-fields.ts";
import { parseVersion, versionRank } from "./version.ts";
import type { Version } from "./version.ts";

type Route = FieldIntroduction["route"];

const ROWS: ReadonlyMap<string, FieldIntroduction & { readonly rank: number }> = new Map(
  OLLAMA_FIELDS.map((row) => {
    const since = parseVersion(row.since);
    return [`${row.route} ${row.field}`, { ...row, rank: since === null ? 0 : versionRank(since) }];
  }),
);

/**
 * Of the fields an answer showed, those that the version the server names could not send.
 *
 * @param version - As the server wrote it; unknown versions accuse nobody.
 * @param shown - Field names as `OLLAMA_FIELDS` writes them; others are ignored.
 */
export function fieldsTooNew(version: string | null, route: Route, shown: readonly string[]): readonly string[] {
  const release = releaseOf(parseVersion(version));
  return release === null ? [] : shown.filter((field) => sends(release, route, field) === false);
}

/** Tells whether a version sends a field; `null` when the version is unknown, or the field is not in the table. */
export function sendsField(version: string | null, route: Route, field: string): boolean | null {
  const release = releaseOf(parseVersion(version));
  return release === null ? null : sends(release, route, field);
}

function sends(release: Version, route: Route, field: string): boolean | null {
  const row = ROWS.get(`${route} ${field}`);
  if (row === undefined) return null;
  const line = `${release.major}.${release.minor}.${release.patch}`;
  return row.except.includes(line) ? null : versionRank(release) >= row.rank;
}

/** A candidate may already send what its release brings. */
function releaseOf(version: Version | null): Version | null {
  return version === null ? null : { ...version, stage: null };
}
