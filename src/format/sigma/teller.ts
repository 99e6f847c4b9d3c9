import type { Problem } from "../../model/complaint.ts";
import type { YamlDocument, YamlPath } from "../yaml-document.ts";

/** Collects what is wrong in one document. */
export interface Teller {
  say(path: YamlPath, message: string): void;
  placeOf(path: YamlPath): string;
}

/** Problems of one document that are told. */
const MOST = 50;

/** A teller that puts problems into a list, so many at most. */
export function tellerOf(document: YamlDocument, problems: Problem[]): Teller {
  return {
    say(path, message) {
      if (problems.length < MOST) problems.push({ place: document.placeOf(path), message });
    },
    placeOf: (path) => document.placeOf(path),
  };
}

/** Whether the value is a map. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
