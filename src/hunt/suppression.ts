import { z } from "zod";
import { checkAgainst } from "../format/schema-problems.ts";
import { inFileOrder, readYaml } from "../format/yaml-document.ts";
import { DETECTIONS } from "../knowledge/detections/detections.ts";
import type { Alert } from "../model/alert.ts";
import type { Problem } from "../model/complaint.ts";
import type { Detection } from "../model/detection.ts";
import { epochMsOf } from "../model/instant.ts";
import { nearestWord } from "../model/nearest-word.ts";
import { parsePrefix, prefixContains } from "../model/prefix.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { visibleText } from "../render/visible-text.ts";

/** What the user does not want to hear of, why, and until when. */
export interface Suppression {
  /** Id of the detection. */
  readonly detection: string;
  /** Values of the alert's group or its `peer`, of an address also a prefix; all must fit; absent = every alert of the detection. */
  readonly match?: Readonly<Record<string, string>>;
  readonly reason: string;
  /** Last day (ISO, UTC) on which it holds. */
  readonly expires: string;
}

/** Beginning of the ids of a person's own rules. */
const OWN_RULE = "sigma-";
/** What an alert may be matched by beside its group. */
const PEER = "peer";
const KNOWN: ReadonlyMap<string, Detection> = new Map(Object.entries<Detection>(DETECTIONS));

interface SuppressionFile {
  readonly suppressions: readonly Suppression[];
}

/** Largest file of suppressions, in bytes. */
export const SUPPRESSION_FILE_BYTES = 1 << 20;
const LONGEST_WORDS = 400;
const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/u;

const schema: z.ZodType<SuppressionFile> = z.strictObject({
  suppressions: z
    .array(
      z.strictObject({
        detection: z.string().min(1).max(100),
        match: z.record(z.string().max(40), z.string().max(400)).readonly().exactOptional(),
        reason: z.string().min(3).max(1000),
        expires: z.string().max(10),
      }),
    )
    .max(10_000)
    .readonly(),
});

/**
 * Reads a file of suppressions, strictly: every problem at once, each with file, line and key. `ids` are the detections there are; one of a
 * person's own rule is not missed when none of these are there.
 */
export function parseSuppressions(
  text: string,
  fileName: string,
  ids: readonly string[],
): Result<readonly Suppression[], readonly Problem[]> {
  const document = readYaml(text, fileName);
  if (!document.ok) return document;
  const verdict = checkAgainst(schema, document.value);
  const problems = [
    ...verdict.problems,
    ...listOf(document.value.value).flatMap((one, at) => {
      const place: Place = (...path) => document.value.placeOf(["suppressions", at, ...path]);
      return [...detectionProblems(one, ids, place), ...matchProblems(one, place), ...dayProblems(one, place)];
    }),
  ];
  if (problems.length === 0 && verdict.value !== null) return ok(verdict.value.suppressions);
  const shown = (words: string): string => visibleText(words, LONGEST_WORDS);
  return fail(
    inFileOrder(problems, fileName).map(({ place, message }) => ({ place: shown(place), message: shown(message) })),
  );
}

type Entry = Readonly<Record<string, unknown>>;
type Place = (...path: readonly string[]) => string;

function detectionProblems({ detection }: Entry, ids: readonly string[], place: Place): readonly Problem[] {
  if (typeof detection !== "string" || ids.includes(detection)) return [];
  if (detection.startsWith(OWN_RULE) && !ids.some((id) => id.startsWith(OWN_RULE))) return [];
  return [{ place: place("detection"), message: `no such detection${meant(detection, ids)}` }];
}

function dayProblems({ expires }: Entry, place: Place): readonly Problem[] {
  if (typeof expires !== "string" || (DAY.test(expires) && epochMsOf(expires) !== null)) return [];
  return [{ place: place("expires"), message: "is not a day such as 2027-01-31" }];
}

/** Keys that no alert of the detection has, and texts that no address can be. */
function matchProblems({ detection, match }: Entry, place: Place): readonly Problem[] {
  if (!isRecord(match)) return [];
  const known = typeof detection === "string" ? keysOf(detection) : null;
  return Object.entries(match).flatMap(([key, value]) => {
    const message =
      known !== null && !known.includes(key)
        ? `no alert of this detection has it; known are ${known.join(", ")}${meant(key, known)}`
        : key === PEER && typeof value === "string"
          ? addressProblem(value)
          : null;
    return message === null ? [] : [{ place: place("match", key), message }];
  });
}

function addressProblem(text: string): string | null {
  const prefix = parsePrefix(text);
  return prefix.ok ? null : prefix.error;
}

/** By what alerts of a detection may be matched; `null` = anything, of a person's own rule. */
function keysOf(id: string): readonly string[] | null {
  const detection = KNOWN.get(id);
  if (detection === undefined) return null;
  const { correlation } = detection;
  return [PEER, ...(correlation.kind === "disagree" ? ["observer"] : correlation.by)];
}

function meant(given: string, words: readonly string[]): string {
  const near = nearestWord(given, words);
  return near === null ? "" : `; did you mean ${near}?`;
}

function listOf(value: unknown): readonly Entry[] {
  const list: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "suppressions") : null;
  return Array.isArray(list) ? list.map((one: unknown) => (isRecord(one) ? one : {})) : [];
}

function isRecord(value: unknown): value is Entry {
  return typeof value === "object" && value !== null;
}

/** Whether its last day has passed. */
export function isExpired({ expires }: Suppression, nowMs: number): boolean {
  return nowMs >= (epochMsOf(expires) ?? 0) + DAY_MS;
}

/** The first suppression that holds an alert back; `null` = none does. */
export function suppressionOf(alert: Alert, list: readonly Suppression[]): Suppression | null {
  return list.find((one) => one.detection === alert.detection && isMatch(alert, one.match ?? {})) ?? null;
}

function isMatch({ group, peer }: Alert, match: Readonly<Record<string, string>>): boolean {
  return Object.entries(match).every(([field, value]) =>
    isWithin(field === PEER ? peer : Object.hasOwn(group, field) ? (group[field] ?? null) : null, value),
  );
}

/** Whether a text is the one asked for, or an address in the prefix asked for. */
function isWithin(text: string | null, asked: string): boolean {
  if (text === null || text === asked) return text !== null;
  if (!asked.includes("/") && !asked.includes(":")) return false;
  const inner = parsePrefix(text);
  const outer = inner.ok ? parsePrefix(asked) : inner;
  return inner.ok && outer.ok && prefixContains(outer.value, inner.value);
}
