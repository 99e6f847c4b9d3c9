import { resolve } from "node:path";
import { instantIn } from "../format/record-instant.ts";
import type { Given } from "../format/stored-look.ts";
import { parsePort } from "../format/target-line.ts";
import type { OptionValues } from "../model/command.ts";
import { Complaint, type Problem } from "../model/complaint.ts";
import { IMPORT_FORMATS, type ImportFormatName, isImportFormat } from "./import-format.ts";

/** What a call of `corral import` asks for. */
export interface ImportTask {
  /** `null`: each file's own content tells. */
  readonly format: ImportFormatName | null;
  /** Absolute paths, or `-`. */
  readonly files: readonly string[];
  /** Absolute; `null` only with `--detect`: the formats are told and nothing is read further. */
  readonly lake: string | null;
  readonly given: Given;
}

/** Reads arguments and options; throws a {@link Complaint} with every problem at once. */
export function readTask(args: readonly string[], options: OptionValues, cwd: string): ImportTask {
  const isDetecting = options["detect"] === true;
  const [format = "", ...others] = isDetecting ? ["", ...args] : args;
  const lake = options["lake"];
  const given = { port: portOf(options["port"]), seenAt: timeOf(options["seen-at"]) };
  const problems = [
    ...(isDetecting ? [] : formatProblems(format)),
    ...fileProblems(others),
    ...(typeof lake === "string" || isDetecting ? [] : [{ place: "--lake", message: "is required: --lake DIR" }]),
    ...(given.port === undefined ? [{ place: "--port", message: "is no port between 1 and 65535" }] : []),
    ...(given.seenAt === undefined
      ? [{ place: "--seen-at", message: "is no moment such as 2026-01-10T03:04:05Z" }]
      : []),
  ];
  if (problems.length > 0 || given.port === undefined || given.seenAt === undefined) throw new Complaint(problems);
  return {
    format: isImportFormat(format) ? format : null,
    files: others.map((file) => (file === "-" ? file : resolve(cwd, file))),
    lake: typeof lake === "string" ? resolve(cwd, lake) : null,
    given: { port: given.port, seenAt: given.seenAt },
  };
}

function formatProblems(format: string): readonly Problem[] {
  if (isImportFormat(format)) return [];
  const known = Object.entries(IMPORT_FORMATS).map(([name, row]) => `${name} (${row.describe})`);
  return [{ place: "FORMAT", message: `${JSON.stringify(format)} is none of: ${known.join("; ")}` }];
}

function fileProblems(files: readonly string[]): readonly Problem[] {
  return [
    ...(files.length === 0 ? [{ place: "FILE", message: "at least one file, or - for standard input" }] : []),
    ...(files.filter((file) => file === "-").length > 1
      ? [{ place: "-", message: "standard input can be read once" }]
      : []),
  ];
}

/** `undefined` for what is no port. */
function portOf(value: OptionValues[string]): number | null | undefined {
  if (value === undefined) return null;
  return typeof value === "string" ? (parsePort(value) ?? undefined) : undefined;
}

/** `undefined` for what is no moment. */
function timeOf(value: OptionValues[string]): string | null | undefined {
  if (value === undefined) return null;
  return typeof value === "string" ? (instantIn(value) ?? undefined) : undefined;
}
