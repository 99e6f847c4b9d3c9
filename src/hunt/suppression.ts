import { z } from "zod";
import { checkAgainst } from "../format/schema-problems.ts";
import { inFileOrder, readYaml } from "../format/yaml-document.ts";
import type { Alert } from "../model/alert.ts";
import type { Problem } from "../model/complaint.ts";
import { epochMsOf } from "../model/instant.ts";
import { nearestWord } from "../model/nearest-word.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { visibleText } from "../render/visible-text.ts";

/** What the user does not want to hear of, why, and until when. */
export interface Suppression {
  /** Id of the detection. */
  readonly detection: string;
  /** Values of the alert's group or its `peer`; all must be equal; absent = every alert of the detection. */
  readonly match?: Readonly<Record<string, string>>;
  readonly reason: string;
  /** Last day (ISO, UTC) on which it holds. */
  readonly expires: string;
}

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

/** Reads a file of suppressions, strictly: every problem at once, each with file, line and key. */
export function parseSuppressions(
  text: string,
  fileName: string,
  ids: readonly string[],
): Result<readonly Suppression[], readonly Problem[]> {
  const document = readYaml(text, fileName);
  if (!document.ok) return document;
  const verdict = checkAgainst(schema, document.value);
  const list = listOf(document.value.value);
  const problems: Problem[] = [...verdict.problems];
  for (const [at, one] of list.entries()) {
    const { detection, expires } = one;
    const place = (key: string): string => document.value.placeOf(["suppressions", at, key]);
    if (typeof detection === "string" && !ids.includes(detection)) {
      const near = nearestWord(detection, ids);
      problems.push({
        place: place("detection"),
        message: `no such detection${near === null ? "" : `; did you mean ${near}?`}`,
      });
    }
    if (typeof expires === "string" && (!DAY.test(expires) || epochMsOf(expires) === null)) {
      problems.push({ place: place("expires"), message: "is not a day such as 2027-01-31" });
    }
  }
  if (problems.length === 0 && verdict.value !== null) return ok(verdict.value.suppressions);
  const shown = (words: string): string => visibleText(words, LONGEST_WORDS);
  return fail(
    inFileOrder(problems, fileName).map(({ place, message }) => ({ place: shown(place), message: shown(message) })),
  );
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const list: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "suppressions") : null;
  return Array.isArray(list) ? list.map((one: unknown) => (isRecord(one) ? one : {})) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
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
    field === "peer" ? peer === value : Object.hasOwn(group, field) && group[field] === value,
  );
}
