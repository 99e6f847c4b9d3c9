import { canonicalAddress } from "../model/address.ts";
import type { Failure } from "../model/failure.ts";
import type { Instant } from "../model/instant.ts";
import type { StoredReply } from "../model/reply.ts";
import { field, isObject, type JsonObject } from "./bounded-value.ts";
import { NO_PLACE, type RecordPlace, shortText } from "./record-place.ts";
import type { FieldProblem } from "./shape.ts";
import { parsePort } from "./target-line.ts";

/** What a source says of a service in its own words, below any judgement of ours. */
export interface Claim {
  /** Words that may name a product (`Ollama`, a tag), in the source's order. */
  readonly products: readonly string[];
  readonly version: string | null;
  readonly server: string | null;
  readonly title: string | null;
}

/** What one record of a foreign file tells of one service at one moment: replies it kept, else only that the port was open. */
export interface StoredLook {
  readonly scheme: "http" | "https";
  /** Canonical. */
  readonly address: string;
  readonly port: number;
  readonly host_name: string | null;
  readonly seen_at: Instant;
  /** Paths as they were asked, base path included, without query. */
  readonly replies: readonly StoredReply[];
  /** What went wrong although something was there; only where no reply was kept. */
  readonly failure: Failure | null;
  readonly claim: Claim;
  readonly place: RecordPlace;
}

/** What reading one record gave. */
export interface LookReading {
  readonly looks: readonly StoredLook[];
  readonly problems: readonly FieldProblem[];
  /** Parts that are fine and tell of no open port. */
  readonly skipped: number;
  /** The piece was no record but what stands around records: a header, a comment. */
  readonly isFrame?: true;
}

/** What the user adds to a file that does not say it. */
export interface Given {
  readonly port: number | null;
  readonly seenAt: Instant | null;
}

/** Reads the records of one file in turn. */
export type LookReader = (value: unknown) => LookReading;

export const NO_CLAIM: Claim = { products: [], version: null, server: null, title: null };

/** Ports where TLS is taken for granted when nothing says otherwise; the survey begins there with TLS too. */
const TLS_PORTS: ReadonlySet<number> = new Set([443, 8443]);

/** One look, the parts left out empty. */
export function lookOf(
  told: Pick<StoredLook, "address" | "port" | "seen_at"> &
    Partial<Omit<StoredLook, "scheme">> & { readonly scheme?: StoredLook["scheme"] | null },
): StoredLook {
  return {
    host_name: null,
    replies: [],
    failure: null,
    claim: NO_CLAIM,
    place: NO_PLACE,
    ...told,
    scheme: told.scheme ?? (TLS_PORTS.has(told.port) ? "https" : "http"),
  };
}

/** A reading of one look. */
export function taken(look: StoredLook): LookReading {
  return { looks: [look], problems: [], skipped: 0 };
}

/** A reading of nothing, the record being fine. */
export const PASSED_OVER: LookReading = { looks: [], problems: [], skipped: 1 };

/** A reading of a header or a comment. */
export const NO_RECORD: LookReading = { looks: [], problems: [], skipped: 0, isFrame: true };

/** A reading of nothing but what is wrong. */
export function wrong(at: string, reason: string): LookReading {
  return { looks: [], problems: [{ field: at, reason }], skipped: 0 };
}

/** Several readings as one. */
export function together(readings: readonly LookReading[]): LookReading {
  return {
    looks: readings.flatMap(({ looks }) => looks),
    problems: readings.flatMap(({ problems }) => problems),
    skipped: readings.reduce((sum, { skipped }) => sum + skipped, 0),
  };
}

/** The value below some keys; `undefined` where one is missing. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) {
    if (!isObject(at)) return undefined;
    at = field(at, key);
  }
  return at;
}

/** The object below some keys; an empty one where it is something else. */
export function objectAt(value: unknown, ...keys: readonly string[]): JsonObject {
  const at = valueAt(value, ...keys);
  return isObject(at) ? at : {};
}

/** A canonical address, or `null`. */
export function addressIn(value: unknown): string | null {
  return typeof value === "string" ? canonicalAddress(value.trim()) : null;
}

/** A port as number or text, or `null`. */
export function portIn(value: unknown): number | null {
  if (typeof value === "number") return Number.isInteger(value) && value >= 1 && value <= 65_535 ? value : null;
  return typeof value === "string" ? parsePort(value.trim()) : null;
}

/** A claim, its texts cut to what a line can hold. */
export function claimOf(told: {
  readonly products?: readonly unknown[];
  readonly version?: unknown;
  readonly server?: unknown;
  readonly title?: unknown;
}): Claim {
  return {
    products: (told.products ?? []).map(shortText).filter((word) => word !== null),
    version: shortText(told.version),
    server: shortText(told.server),
    title: shortText(told.title),
  };
}
