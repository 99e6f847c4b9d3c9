import { checkAgainst } from "../../format/schema-problems.ts";
import { inFileOrder, readYaml } from "../../format/yaml-document.ts";
import type { YamlPath } from "../../format/yaml-document.ts";
import type { Problem } from "../../model/complaint.ts";
import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import { scopeFileSchema } from "../../model/scope-file.ts";
import type { ScopeFile } from "../../model/scope-file.ts";
import { scopeOf } from "../../model/scope-of.ts";
import type { Scope } from "../../model/scope.ts";
import { visibleText } from "../../render/visible-text.ts";
import type { Fault } from "./scope-fault.ts";
import { authorityFaults } from "./scope-people-rules.ts";
import { scopeFaults } from "./scope-rules.ts";

/** Largest scope file that is read, in bytes. */
export const SCOPE_FILE_BYTES = 1 << 20;

/** Reads `scope.yaml`: shape, defaults and every rule but the calendar. All problems are told at once, each with file, line and key. */
export function parseScope(text: string, fileName: string): Result<Scope, readonly Problem[]> {
  return readScope(text, fileName, null);
}

/** Reads `scope.yaml` in order to run it: `parseScope`, and the authority must cover the day of `nowMs`. */
export function loadScope(text: string, fileName: string, nowMs: number): Result<Scope, readonly Problem[]> {
  return readScope(text, fileName, nowMs);
}

/** Longest place or message: they quote the file, which may hold anything. */
const LONGEST_WORDS = 400;

function readScope(text: string, fileName: string, nowMs: number | null): Result<Scope, readonly Problem[]> {
  const scope = judge(text, fileName, nowMs);
  if (scope.ok) return scope;
  const shown = (words: string): string => visibleText(words, LONGEST_WORDS);
  return fail(scope.error.map(({ place, message }) => ({ place: shown(place), message: shown(message) })));
}

function judge(text: string, fileName: string, nowMs: number | null): Result<Scope, readonly Problem[]> {
  const document = readYaml(text, fileName);
  if (!document.ok) return document;
  const { placeOf, value } = document.value;
  const verdict = checkAgainst(scopeFileSchema, document.value);
  const stand =
    verdict.value === null ? standIn(value, verdict.broken, verdict.unknown) : { file: verdict.value, replaced: [] };
  if (stand === null) return fail(inFileOrder(verdict.problems, fileName));
  const scope = scopeOf(stand.file);
  const unread = new Set(stand.replaced.map((path) => String(path[0])));
  const faults = [...scopeFaults(scope, unread), ...(nowMs === null ? [] : authorityFaults(scope, nowMs))];
  const told = faults.filter(
    (fault) => !stand.replaced.some((path) => path.every((step, at) => fault.path[at] === step)),
  );
  const problems = [
    ...verdict.problems,
    ...told.map((fault: Fault) => ({ place: placeOf(fault.path), message: fault.message })),
  ];
  return problems.length === 0 ? ok(scope) : fail(inFileOrder(problems, fileName));
}

/** Stands in for whatever cannot be read, so that the rules can still judge the rest; of a list, for each entry. What is told of it is dropped. */
const NEUTRAL: ScopeFile = {
  name: "unread",
  operator: { name: "unread", contact: "unread@example.org", organisation: null },
  basis: "own",
  authority: { allowedBy: "unread", since: "0001-01-01", until: "9999-12-31" },
  prefixes: ["unread"],
  names: ["unread"],
  ports: [1],
  exclude: ["unread"],
  optOut: [{ who: "unread", since: "0001-01-01" }],
  ownSpecial: ["unread"],
  limits: { rate: 1, perHost: 1, perNetwork: 1, inFlight: 1, rescanHours: 1000 },
  vantage: "inside",
};

interface StandIn {
  readonly file: ScopeFile;
  readonly replaced: readonly YamlPath[];
}

/** The document with unknown keys gone and broken parts replaced; `null` when the root itself is no map. */
function standIn(value: unknown, broken: readonly YamlPath[], unknown: readonly YamlPath[]): StandIn | null {
  if (!isObject(value) || Array.isArray(value)) return null;
  const copy = structuredClone(value);
  for (const path of unknown) remove(copy, path);
  const replaced = broken.map((path) => replace(copy, NEUTRAL, path));
  const parsed = scopeFileSchema.safeParse(copy);
  return parsed.success ? { file: parsed.data, replaced } : null;
}

function remove(from: unknown, path: YamlPath): void {
  const [step, ...rest] = path;
  if (step === undefined || !isObject(from)) return;
  if (rest.length === 0) Reflect.deleteProperty(from, step);
  else remove(Reflect.get(from, step), rest);
}

/** Puts the neutral value at the deepest part of `path` that has one (else removes the part) and returns that part. */
function replace(into: object, neutral: unknown, path: YamlPath): YamlPath {
  const [step = "", ...rest] = path;
  const stand = neutralAt(neutral, step);
  const held: unknown = Reflect.get(into, step);
  const goesOn = isObject(held) && Array.isArray(held) === Array.isArray(stand);
  if (rest[0] !== undefined && goesOn && neutralAt(stand, rest[0]) !== undefined)
    return [step, ...replace(held, stand, rest)];
  if (stand === undefined) Reflect.deleteProperty(into, step);
  else Reflect.set(into, step, structuredClone(stand));
  return [step];
}

function neutralAt(neutral: unknown, step: string | number): unknown {
  if (!isObject(neutral)) return undefined;
  if (Array.isArray(neutral)) return neutral[0];
  return Object.hasOwn(neutral, step) ? Reflect.get(neutral, step) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
