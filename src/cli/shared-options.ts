import type { OptionRow } from "./command-row.ts";

/** The lake that a command reads or writes. */
export const LAKE: OptionRow = { value: "DIR", describe: "folder of the lake", required: true };
/** For programs that read what a command prints. */
export const JSON_FLAG: OptionRow = { describe: "one JSON value on stdout instead of words" };
