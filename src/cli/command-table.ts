import type { CommandRow } from "./command-row.ts";

/** Every command, in the order a person meets them. */
export const COMMANDS: readonly CommandRow[] = [];
