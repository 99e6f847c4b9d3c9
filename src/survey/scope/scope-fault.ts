import type { YamlPath } from "../../format/yaml-document.ts";
import type { Scope } from "../../model/scope.ts";

/** One breach of a rule: where in the scope, and what to do about it. */
export interface Fault {
  readonly path: YamlPath;
  readonly message: string;
}

/** A rule that a scope must hold to before anything is asked. Ids are public and never change meaning. */
export interface ScopeRule {
  readonly id: string;
  /** What it demands, as `docs/scope.md` says it. */
  readonly demands: string;
  /** Keys that it compares: it is not applied while one of them cannot be read. */
  readonly needs: readonly (keyof Scope)[];
  readonly check: (scope: Scope) => readonly Fault[];
}

/** The entries of a list that a check has something against, each at its place. */
export function eachEntry(
  key: keyof Scope,
  entries: readonly string[],
  complaint: (entry: string, at: number) => string | null,
): Fault[] {
  return entries.flatMap((entry, at) => {
    const message = complaint(entry, at);
    return message === null ? [] : [{ path: [key, at], message }];
  });
}
