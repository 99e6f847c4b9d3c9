import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import type { Alias, Document, Pair } from "yaml";
import type { Problem } from "../model/complaint.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { yamlExcess } from "./yaml-guard.ts";

/** Where in a document: keys and list positions from the root. */
export type YamlPath = readonly (string | number)[];

/** A configuration file as read: its value, and the place in the file of everything in it. */
export interface YamlDocument {
  readonly value: unknown;
  /** `scope.yaml:12:3 limits.rate`; for what is not there, the place of what should hold it. */
  readonly placeOf: (path: YamlPath) => string;
}

const MOST_ALIASES = 32;
const MOST_PROBLEMS = 100;

/**
 * Reads one YAML 1.2 document (core schema). Duplicate keys, unknown tags, several documents and anything beyond the bounds of
 * `yaml-guard.ts` are errors; every one has its place, the first hundred are told.
 */
export function readYaml(text: string, fileName: string): Result<YamlDocument, readonly Problem[]> {
  const excess = yamlExcess(text);
  if (excess !== null) {
    return fail([
      { place: `${fileName}:${excess.line}:${excess.column}`, message: `cannot be read: ${excess.message}` },
    ]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
  });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${fileName}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    place: place(error.pos[0]),
    message: error.code === "MULTIPLE_DOCS" ? "a second document begins here" : `not valid YAML: ${error.message}`,
  }));
  for (const { pair, key } of repeatedKeys(document)) {
    problems.push({ place: place(offsetOf(pair.key) ?? 0), message: `the key "${key}" is given twice` });
  }
  const aliases = aliasesOf(document);
  for (const [at, alias] of aliases.slice(0, MOST_ALIASES + 1).entries()) {
    const known = alias.resolve(document) !== undefined;
    const message =
      at === MOST_ALIASES ? `more than ${MOST_ALIASES} aliases` : `no anchor "${alias.source}" stands above`;
    if (!known || at === MOST_ALIASES) problems.push({ place: place(offsetOf(alias) ?? 0), message });
  }
  if (problems.length > 0) return fail(problems.slice(0, MOST_PROBLEMS));
  const value: unknown = document.toJS({ maxAliasCount: -1 });
  return ok({
    value,
    placeOf: (path) => `${place(offsetAt(document, path))}${path.length === 0 ? "" : ` ${pathText(path)}`}`,
  });
}

/** `optOut[2].since` */
function pathText(path: YamlPath): string {
  return path.map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`)).join("");
}

function repeatedKeys(document: Document): readonly { readonly pair: Pair; readonly key: string }[] {
  const found: { pair: Pair; key: string }[] = [];
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<string>();
      for (const pair of map.items) {
        const key = keyOf(pair);
        if (seen.has(key)) found.push({ pair, key });
        seen.add(key);
      }
    },
  });
  return found;
}

function aliasesOf(document: Document): Alias[] {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  return aliases;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

/** Offset of the deepest part of `path` that exists: a key for an entry of a map, the entry itself in a list. */
function offsetAt(document: Document, path: YamlPath): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair: unknown = node.items.find((item) => keyOf(item) === step);
      if (!isPair(pair)) return offset;
      offset = offsetOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      offset = offsetOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function offsetOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}

/** Sorts problems of one file by line and column of their places. */
export function inFileOrder(problems: readonly Problem[], fileName: string): Problem[] {
  const position = ({ place }: Problem): number => {
    const [line = "0", column = "0"] = place.slice(fileName.length + 1).split(":", 2);
    return Number.parseInt(line, 10) * 1e6 + Number.parseInt(column, 10);
  };
  return problems.toSorted((a, b) => position(a) - position(b));
}
