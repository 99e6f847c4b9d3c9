import type { Severity } from "./finding.ts";

/** Bytes to look for in a file. */
export type FileText =
  /** As it stands, in UTF-8. */
  | { readonly kind: "text"; readonly text: string; readonly anyCase?: true }
  /** Pairs of hexadecimal digits; `??` is any byte. */
  | { readonly kind: "bytes"; readonly hex: string }
  /** A regular expression that both YARA and YARA-X read, without slashes. */
  | { readonly kind: "pattern"; readonly pattern: string; readonly anyCase?: true };

/** A number that a file tells. */
export type FileNumber =
  | { readonly kind: "value"; readonly value: number }
  /** Bytes of the whole file. */
  | { readonly kind: "size" }
  /** Where the occurrence stands that `anywhere` looks at, bytes from the beginning. */
  | { readonly kind: "place" }
  /** Little-endian, unsigned; of eight bytes the highest bit is a sign. */
  | { readonly kind: "uint"; readonly bytes: 1 | 2 | 4 | 8; readonly at: FileNumber }
  | { readonly kind: "plus" | "times"; readonly of: readonly [FileNumber, FileNumber] };

/** What a file must be; a number beyond its end meets nothing. Names are those of the sign's `texts`. */
export type FileCondition =
  | { readonly kind: "all" | "any"; readonly of: readonly FileCondition[] }
  | { readonly kind: "not"; readonly of: FileCondition }
  | { readonly kind: "above" | "below" | "equal"; readonly left: FileNumber; readonly right: FileNumber }
  /** At least so many of these occur. */
  | { readonly kind: "some"; readonly atLeast: number; readonly names: readonly string[] }
  | { readonly kind: "at"; readonly name: string; readonly offset: number }
  /** Begins within the first bytes. */
  | { readonly kind: "within"; readonly name: string; readonly bytes: number }
  /** One of its occurrences is so. */
  | { readonly kind: "anywhere"; readonly name: string; readonly where: FileCondition };

/** A file told in words and made in code. */
export interface FileSample {
  readonly title: string;
  readonly bytes: () => Uint8Array;
}

/** One thing to look for in files of models, templates and agents. The id never changes meaning. */
export interface FileSign {
  /** Kebab-case statement of what the file is or does. */
  readonly id: string;
  readonly title: string;
  /** What an attacker does with such a file, and why it shows. */
  readonly hypothesis: string;
  readonly severity: Severity;
  /** Counts up when its verdict on any file changes. */
  readonly version: number;
  readonly since: string;
  /** ATT&CK and ATLAS, only those that are sure. */
  readonly ids: readonly string[];
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly blindTo: readonly string[];
  /** By name: small letters and digits. */
  readonly texts: Readonly<Record<string, FileText>>;
  readonly condition: FileCondition;
  /** At least five. */
  readonly matches: readonly FileSample[];
  /** At least ten that look alike and are not it. */
  readonly lookalikes: readonly FileSample[];
}

/** Every one of them. */
export const allOf = (...of: readonly FileCondition[]): FileCondition => ({ kind: "all", of });
/** At least one of them. */
export const anyOf = (...of: readonly FileCondition[]): FileCondition => ({ kind: "any", of });
/** At least so many of the named texts occur. */
export const some = (atLeast: number, ...names: readonly string[]): FileCondition => ({ kind: "some", atLeast, names });
/** The named text begins within the first bytes. */
export const within = (name: string, bytes: number): FileCondition => ({ kind: "within", name, bytes });
/** The named text stands there. */
export const at = (name: string, offset: number): FileCondition => ({ kind: "at", name, offset });
/** A number as it is. */
export const value = (number: number): FileNumber => ({ kind: "value", value: number });
/** An unsigned number, little-endian. */
export const uint = (bytes: 1 | 2 | 4 | 8, place: FileNumber): FileNumber => ({ kind: "uint", bytes, at: place });
/** Sum of two numbers. */
export const plus = (left: FileNumber, right: FileNumber): FileNumber => ({ kind: "plus", of: [left, right] });
/** Product of two numbers. */
export const times = (left: FileNumber, right: FileNumber): FileNumber => ({ kind: "times", of: [left, right] });
/** The first is greater. */
export const above = (left: FileNumber, right: FileNumber): FileCondition => ({ kind: "above", left, right });
/** Both are the same. */
export const equal = (left: FileNumber, right: FileNumber): FileCondition => ({ kind: "equal", left, right });
/** The file's length. */
export const SIZE: FileNumber = { kind: "size" };
/** The occurrence that is looked at. */
export const PLACE: FileNumber = { kind: "place" };
