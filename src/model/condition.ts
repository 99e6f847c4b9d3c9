import type {
  DnsEvent,
  ControlEvent,
  FileEvent,
  HttpEvent,
  ListenEvent,
  NetworkEvent,
  ProcessEvent,
  SettingEvent,
} from "./event.ts";

type FieldOf<Event> = Exclude<keyof Event, "class" | "at" | "place">;

/**
 * A field of an event that a condition may ask, and some that follow from others: `route` (id of the model server's route that method
 * and path meet), `risk` (its class, A to D), `toServer` (whether the destination's port is one on which a model server listens),
 * `knownChild` (whether a started program is one that the server of that version starts itself) and `hour` (of the day, UTC, 0–23).
 */
export type EventField =
  | FieldOf<HttpEvent>
  | FieldOf<NetworkEvent>
  | FieldOf<ProcessEvent>
  | FieldOf<ListenEvent>
  | FieldOf<SettingEvent>
  | FieldOf<FileEvent>
  | FieldOf<DnsEvent>
  | FieldOf<ControlEvent>
  | "route"
  | "risk"
  | "toServer"
  | "knownChild"
  | "hour";

/**
 * How far an address reaches. `private` is RFC 1918, RFC 4193 and carriers' shared space; `metadata` the address at which clouds tell
 * instances their credentials (169.254.169.254, fd00:ec2::254), which is `link-local` or `private` too; `any` is 0.0.0.0 and ::; `known`
 * what the user called their own; `public` all that is none of these.
 */
export const NETWORK_WORDS = ["loopback", "private", "link-local", "metadata", "any", "known", "public"] as const;
export type NetworkWord = (typeof NETWORK_WORDS)[number];

/** What a row must be to count. A field that is `null` meets nothing but `absent`. Texts are compared without regard to case. */
export type Condition =
  | { readonly kind: "all"; readonly of: readonly Condition[] }
  | { readonly kind: "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "is"; readonly field: EventField; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: "starts" | "ends" | "contains"; readonly field: EventField; readonly values: readonly string[] }
  | { readonly kind: "above" | "below"; readonly field: EventField; readonly value: number }
  | { readonly kind: "network"; readonly field: EventField; readonly words: readonly NetworkWord[] }
  | { readonly kind: "cidr"; readonly field: EventField; readonly prefixes: readonly string[] }
  | { readonly kind: "absent"; readonly field: EventField };

/** Every one of them. */
export const all = (...of: readonly Condition[]): Condition => ({ kind: "all", of });
/** At least one of them. */
export const any = (...of: readonly Condition[]): Condition => ({ kind: "any", of });
/** The opposite; of a field that is `null` the opposite of an unmet condition is met. */
export const not = (of: Condition): Condition => ({ kind: "not", of });
/** Equals one of the values. */
export const is = (field: EventField, ...values: readonly (string | number | boolean)[]): Condition => ({
  kind: "is",
  field,
  values,
});
/** Begins with one of the values. */
export const starts = (field: EventField, ...values: readonly string[]): Condition => ({
  kind: "starts",
  field,
  values,
});
/** Ends with one of the values. */
export const ends = (field: EventField, ...values: readonly string[]): Condition => ({ kind: "ends", field, values });
/** Holds one of the values. */
export const contains = (field: EventField, ...values: readonly string[]): Condition => ({
  kind: "contains",
  field,
  values,
});
/** Is greater than the value. */
export const above = (field: EventField, value: number): Condition => ({ kind: "above", field, value });
/** Is less than the value. */
export const below = (field: EventField, value: number): Condition => ({ kind: "below", field, value });
/** Is an address of one of the kinds. */
export const network = (field: EventField, ...words: readonly NetworkWord[]): Condition => ({
  kind: "network",
  field,
  words,
});
/** Is an address inside one of the prefixes. */
export const cidr = (field: EventField, ...prefixes: readonly string[]): Condition => ({
  kind: "cidr",
  field,
  prefixes,
});
/** The source does not tell it. */
export const absent = (field: EventField): Condition => ({ kind: "absent", field });
