import { fieldsOf, isFields } from "./fields.ts";
import { parsed } from "./ndjson-watch.ts";

/** Lists longer than this are not shown: no server of this kind has so many models. */
export const LONGEST_LIST_BYTES = 16 * 1024 * 1024;

/** Where the entries of a list stand, and by what each is named. */
const LISTS = {
  tags: { entries: "models", names: ["name", "model"] },
  ps: { entries: "models", names: ["name", "model"] },
  "v1-models": { entries: "data", names: ["id"] },
} as const;
type ListRoute = keyof typeof LISTS;

/** Whether the answer of a route is a list of models. */
export function isListRoute(route: string): route is ListRoute {
  return Object.hasOwn(LISTS, route);
}

/** One entry of a list as far as it decides whether a role sees it. */
export interface ListedModel {
  readonly name: string;
  /** Whether the entry says that the model runs elsewhere. */
  readonly isRemote: boolean;
}

/**
 * Leaves in a list what a role may see. Every name of an entry has to be seen; an entry without a name is left out.
 *
 * @returns the list written anew, or null when it is none: then nothing may be shown.
 */
export function filterList(route: ListRoute, bytes: Buffer, isSeen: (model: ListedModel) => boolean): string | null {
  const { entries, names } = LISTS[route];
  const answer = parsed(bytes.toString("utf8"));
  if (!isFields(answer) || !Object.hasOwn(answer, entries)) return null;
  const list = answer[entries];
  if (list !== null && !Array.isArray(list)) return null;
  const shown = (list ?? []).filter((entry: unknown) => {
    const named = namesOf(entry, names);
    return named.length > 0 && named.every((name) => isSeen({ name, isRemote: isRemote(entry) }));
  });
  return JSON.stringify({ ...answer, [entries]: list === null ? null : shown });
}

function namesOf(entry: unknown, keys: readonly string[]): readonly string[] {
  const told = keys.map((key) => fieldsOf(entry)[key]).filter((name) => name !== undefined);
  return told.every((name) => typeof name === "string") ? told : [];
}

function isRemote(entry: unknown): boolean {
  const host = fieldsOf(entry)["remote_host"];
  return host !== undefined && host !== "";
}

/** Reads a list of `/api/tags` for its models that run elsewhere. Null when it is no list. */
export function remoteModels(
  bytes: Buffer,
): { readonly all: readonly string[]; readonly remote: readonly string[] } | null {
  const all: string[] = [];
  const remote: string[] = [];
  const list = filterList("tags", bytes, ({ name, isRemote: elsewhere }) => {
    all.push(name);
    if (elsewhere) remote.push(name);
    return true;
  });
  return list === null ? null : { all, remote };
}
