import { LINE_LIMITS, LINE_PATTERNS } from "../model/line-limits.ts";
import type { Observation } from "../model/observation.ts";

/** Where a record says that a host stands; `place_source` is `record` as soon as it says anything. */
export type RecordPlace = Pick<
  Observation,
  "country" | "region" | "city" | "asn" | "organisation" | "labels" | "place_source"
>;

/** The columns of a place, for `carries`. */
export const PLACE_COLUMNS = ["country", "region", "city", "asn", "organisation", "place_source"] as const;

/** What a record says of a place, as it stands there. */
export interface ToldPlace {
  readonly country?: unknown;
  readonly region?: unknown;
  readonly city?: unknown;
  readonly asn?: unknown;
  /** The first one that is a text counts. */
  readonly organisation?: readonly unknown[];
  readonly labels?: readonly string[] | null;
}

/** Reads a place: two capitals, a number above 0, short texts; whatever is none of these is not known. */
export function placeIn(told: ToldPlace): RecordPlace {
  const country = shortText(told.country)?.toUpperCase() ?? null;
  const organisation = told.organisation?.map(nameOrNull).find((one) => one !== null) ?? null;
  const place = {
    country: country !== null && LINE_PATTERNS.country.test(country) ? country : null,
    region: nameOrNull(told.region),
    city: nameOrNull(told.city),
    asn: asnOf(told.asn),
    organisation,
    labels: told.labels ?? null,
  };
  return { ...place, place_source: Object.values(place).some((value) => value !== null) ? "record" : null };
}

/** The place of a record that says none. */
export const NO_PLACE: RecordPlace = placeIn({});

/** `64496`, `"64496"` or `"AS64496"`; 0, empty and `nan` are "not known". */
export function asnOf(value: unknown): number | null {
  const digits = typeof value === "string" ? value.replace(/^AS/iu, "") : value;
  const asn = typeof digits === "string" && /^\d{1,15}$/u.test(digits) ? Number(digits) : digits;
  return typeof asn === "number" && Number.isInteger(asn) && asn >= 1 && asn <= 4_294_967_295 ? asn : null;
}

/** A text that a line can hold; `null` for anything else, an empty one included. */
export function shortText(value: unknown): string | null {
  const usable = typeof value === "string" && value !== "" && value.length <= LINE_LIMITS.text && value.isWellFormed();
  return usable ? value : null;
}

/** Sources write `nan` where a name is not known. */
function nameOrNull(value: unknown): string | null {
  const text = shortText(value);
  return text === null || /^(?:nan|n\/a|-)$/iu.test(text.trim()) || text.trim() === "" ? null : text;
}
