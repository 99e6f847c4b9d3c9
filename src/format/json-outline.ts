/** Keys of the first object of a text of JSON, as paths (`services.endpoints.ollama`); what lies in arrays counts to the array. */
export type JsonOutline = ReadonlySet<string>;

const MAX_DEPTH = 3;
const MAX_PATHS = 1_024;

interface Level {
  readonly path: string;
  readonly isObject: boolean;
  /** Depth in keys. */
  readonly keys: number;
}

/** Lists the keys that a beginning of JSON shows, down to three levels. Wants no valid JSON: a beginning never is. */
export function outlineOf(head: string): JsonOutline {
  const paths = new Set<string>();
  const levels: Level[] = [];
  let key = "";
  let isKeyDue = false;
  for (let at = 0; at < head.length && paths.size < MAX_PATHS; at += 1) {
    const char = head[at];
    if (char === '"') {
      const end = endOfText(head, at);
      if (isKeyDue) key = note(paths, levels, head.slice(at + 1, end));
      isKeyDue = false;
      at = end;
    } else if (char === "{" || char === "[") {
      levels.push(below(levels, key, char === "{"));
      key = "";
      isKeyDue = char === "{";
    } else if (char === "}" || char === "]") {
      levels.pop();
      if (char === "}" && !levels.some(({ isObject }) => isObject)) break;
    } else if (char === ",") isKeyDue = levels.at(-1)?.isObject === true;
  }
  return paths;
}

function note(paths: Set<string>, levels: readonly Level[], key: string): string {
  const level = levels.at(-1);
  if (level !== undefined && level.keys < MAX_DEPTH) paths.add(joined(level.path, key));
  return key;
}

function below(levels: readonly Level[], key: string, isObject: boolean): Level {
  const level = levels.at(-1);
  if (level === undefined || !level.isObject) return { path: level?.path ?? "", isObject, keys: level?.keys ?? 0 };
  return { path: joined(level.path, key), isObject, keys: level.keys + 1 };
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function endOfText(head: string, from: number): number {
  let at = from + 1;
  while (at < head.length && head[at] !== '"') at += head[at] === "\\" ? 2 : 1;
  return at;
}
