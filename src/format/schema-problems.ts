import { z } from "zod";
import type { Problem } from "../model/complaint.ts";
import { nearestWord } from "../model/nearest-word.ts";
import type { YamlDocument, YamlPath } from "./yaml-document.ts";

type Issue = z.core.$ZodIssue;

/** What a strict schema says of a document. */
export interface SchemaVerdict<T> {
  /** The value, when nothing is wrong with it. */
  readonly value: T | null;
  readonly problems: readonly Problem[];
  /** Paths at which something is missing or wrong, and paths of unknown keys. */
  readonly broken: readonly YamlPath[];
  readonly unknown: readonly YamlPath[];
}

/** Checks a document against a schema and tells every mistake in plain words, with its place and, for an unknown key, the key probably meant. */
export function checkAgainst<T>(schema: z.ZodType<T>, document: YamlDocument): SchemaVerdict<T> {
  const outcome = schema.safeParse(document.value, { reportInput: true });
  if (outcome.success) return { value: outcome.data, problems: [], broken: [], unknown: [] };
  const problems: Problem[] = [];
  const broken: YamlPath[] = [];
  const unknown: YamlPath[] = [];
  for (const issue of outcome.error.issues) {
    const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(z.toJSONSchema(schema), path);
      for (const key of issue.keys) {
        problems.push({ place: document.placeOf([...path, key]), message: unknownKey(key, known) });
        unknown.push([...path, key]);
      }
    } else {
      problems.push({ place: document.placeOf(path), message: wordsOf(issue) });
      broken.push(path);
    }
  }
  return { value: null, problems, broken, unknown };
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearestWord(key, known);
  return meant === null ? `is no key here; known are ${known.join(", ")}` : `is no key here; did you mean ${meant}?`;
}

/** Property names that a JSON Schema knows at a path. */
function keysAt(schema: unknown, path: YamlPath): string[] {
  if (!isRecord(schema)) return [];
  const choices = schema["anyOf"];
  if (Array.isArray(choices)) return choices.flatMap((choice) => keysAt(choice, path));
  const [step, ...rest] = path;
  const properties = schema["properties"];
  if (step === undefined) return isRecord(properties) ? Object.keys(properties) : [];
  if (typeof step === "number") return keysAt(schema["items"], rest);
  if (isRecord(properties) && Object.hasOwn(properties, step)) return keysAt(properties[step], rest);
  return keysAt(schema["additionalProperties"], rest);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const EXPECTED: ReadonlyMap<string, string> = new Map([
  ["string", "text"],
  ["number", "a number"],
  ["int", "a whole number"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "a group of keys"],
]);

/** One issue in plain words, to follow the place. */
function wordsOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      return `must be ${EXPECTED.get(issue.expected) ?? issue.expected}${quoteHint(issue)}`;
    case "invalid_value":
      if (issue.input === undefined) return `is missing: one of ${issue.values.map(String).join(", ")}`;
      return `must be one of ${issue.values.map(String).join(", ")}${meantValue(issue)}`;
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      if (issue.origin === "string") return `is longer than ${issue.maximum} characters`;
      if (issue.origin === "array") return `has more than ${issue.maximum} entries`;
      return `must be ${issue.inclusive === true ? "at most" : "less than"} ${issue.maximum}`;
    case "invalid_key":
      return issue.issues[0] === undefined ? issue.message : wordsOf(issue.issues[0]);
    case "invalid_format":
    case "not_multiple_of":
    case "unrecognized_keys":
    case "invalid_union":
    case "invalid_element":
    case "custom":
      return issue.message;
  }
}

function tooSmall(issue: Extract<Issue, { code: "too_small" }>): string {
  if (issue.origin === "string" && typeof issue.input === "string" && issue.input !== "")
    return `is too short: at least ${issue.minimum} characters`;
  if (issue.origin === "string" || issue.origin === "array") return "must not be empty";
  return `must be ${issue.inclusive === true ? "at least" : "more than"} ${issue.minimum}`;
}

/** `- 2001:db8::` is a map to YAML: an address that ends in a colon wants quotes. */
function quoteHint(issue: Extract<Issue, { code: "invalid_type" }>): string {
  if (issue.expected !== "string") return "";
  if (isRecord(issue.input)) return "; text that holds a colon may need quotes";
  return issue.input === null ? ", not empty" : "; put it in quotes";
}

function meantValue(issue: Extract<Issue, { code: "invalid_value" }>): string {
  const meant = typeof issue.input === "string" ? nearestWord(issue.input, issue.values.map(String)) : null;
  return meant === null ? "" : `; did you mean ${meant}?`;
}
