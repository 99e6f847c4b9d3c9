import { fail } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { listedAddress, parsePort } from "./target-line.ts";
import type { ListedTarget } from "./target-line.ts";

/** Where the columns of a zmap file stand; `-1` for absent. */
export interface ZmapColumns {
  readonly saddr: number;
  readonly sport: number;
  readonly success: number;
  readonly repeat: number;
}

/** zmap's own columns when no fields were chosen: the address, and the port when it surveyed several. */
export const ZMAP_DEFAULT: ZmapColumns = { saddr: 0, sport: 1, success: -1, repeat: -1 };

/** The columns a header row names; `null` when the line is no header. @see zmap/zmap@8de8833 src/output_modules/module_csv.c */
export function zmapHeader(line: string): ZmapColumns | null {
  const names = fieldsOf(line);
  const at = (name: string): number => names.indexOf(name);
  if (at("saddr") === -1) return null;
  return { saddr: at("saddr"), sport: at("sport"), success: at("success"), repeat: at("repeat") };
}

/**
 * Reads one row: `saddr` and `sport` describe the response, so they name the surveyed host. Without a port column the port is `null`.
 *
 * @returns `null` for a row that is no answer (success 0) or a repeated one.
 */
export function parseZmapRow(line: string, columns: ZmapColumns): Result<ListedTarget, string> | null {
  const fields = fieldsOf(line);
  if (isFlag(fields[columns.success], "0") || isFlag(fields[columns.repeat], "1")) return null;
  const portText = fields[columns.sport];
  const port = portText === undefined ? null : parsePort(portText);
  if (portText !== undefined && port === null) return fail("no port between 1 and 65535");
  return listedAddress(fields[columns.saddr] ?? "", port);
}

function isFlag(field: string | undefined, value: string): boolean {
  return field === value;
}

function fieldsOf(line: string): string[] {
  return line
    .trim()
    .split(",")
    .map((field) => field.replaceAll('"', "").trim());
}
