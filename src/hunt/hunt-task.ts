import type { OptionValues } from "../model/command.ts";
import { Complaint } from "../model/complaint.ts";
import type { Problem } from "../model/complaint.ts";
import { SEVERITIES } from "../model/finding.ts";
import type { Severity } from "../model/finding.ts";
import { canonicalAddress } from "../model/address.ts";
import { epochMsOf } from "../model/instant.ts";
import { nearestWord } from "../model/nearest-word.ts";
import { parsePrefix } from "../model/prefix.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import type { ZoneRule } from "../model/zone-rule.ts";
import { zoneOf } from "./zone-option.ts";

/** In which shape the result is written. */
export const HUNT_FORMATS = ["terminal", "json", "csv", "markdown", "html", "sarif", "ocsf", "stix"] as const;
export type HuntFormat = (typeof HUNT_FORMATS)[number];

/** What `corral hunt` is asked to do. */
export interface HuntTask {
  readonly names: readonly string[];
  readonly format: HuntFormat;
  readonly out: string | null;
  readonly zoneMinutes: number | ZoneRule | null;
  readonly year: number | null;
  readonly ports: readonly number[];
  readonly servers: readonly string[];
  readonly known: readonly string[];
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Ids of detections; empty = all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly failOn: Severity | null;
  readonly suppressions: string | null;
  /** Folder or file with a person's own Sigma rules. */
  readonly sigma: string | null;
  readonly cost: boolean;
}

/** Where Ollama listens unless it is told otherwise. */
const DEFAULT_PORT = 11_434;
const AGO = /^(\d{1,5})([mhdw])$/u;
const AGO_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const YEAR = /^(?:19|20)\d\d$/u;
const PORT = /^[1-9]\d{0,4}$/u;

/** Reads arguments and options; throws a {@link Complaint} with every problem at once. */
export function readTask(
  names: readonly string[],
  options: OptionValues,
  ids: readonly string[],
  nowMs: number,
): HuntTask {
  const problems: Problem[] = [];
  const read = <T>(name: string, none: T, parse: (text: string) => Result<T, string>): T => {
    const text = options[name];
    if (typeof text !== "string") return none;
    const outcome = parse(text);
    if (!outcome.ok) problems.push({ place: `--${name}`, message: outcome.error });
    return outcome.ok ? outcome.value : none;
  };
  const task: HuntTask = {
    names,
    format: formatOption(options, problems),
    out: typeof options["out"] === "string" ? options["out"] : null,
    zoneMinutes: read<number | ZoneRule | null>("tz", null, zoneOf),
    year: read<number | null>("year", null, yearOf),
    ports: ports(options, problems),
    servers: words(options, "server").map((text) => addressOf(text, problems)),
    known: words(options, "known").map((text) => prefixOf(text, problems)),
    sinceMs: read("since", -Infinity, (text) => momentOf(text, nowMs)),
    untilMs: read("until", Infinity, (text) => momentOf(text, nowMs)),
    only: idList(options, "only", ids, problems),
    skip: idList(options, "skip", ids, problems),
    failOn: read<Severity | null>("fail-on", null, severityOf),
    suppressions: typeof options["suppressions"] === "string" ? options["suppressions"] : null,
    sigma: typeof options["sigma"] === "string" ? options["sigma"] : null,
    cost: options["cost"] === true,
  };
  if (names.length === 0)
    problems.push({ place: "LOG", message: "is required: files, folders, or - for standard input" });
  if (task.sinceMs > task.untilMs) problems.push({ place: "--since", message: "is after --until" });
  if (problems.length > 0) throw new Complaint(problems, "corral hunt --help");
  return task;
}

function formatOption(options: OptionValues, problems: Problem[]): HuntFormat {
  const given = options["format"];
  const format = HUNT_FORMATS.find((one) => one === given);
  if (options["json"] === true && given !== undefined && given !== "json") {
    problems.push({ place: "--json", message: `and --format ${String(given)}: only one of them` });
  }
  if (given !== undefined && format === undefined) {
    problems.push({ place: "--format", message: `${String(given)}: not ${HUNT_FORMATS.join(", ")}` });
  }
  return options["json"] === true ? "json" : (format ?? "terminal");
}

/** The words of an option that may be given several times, with commas or without. */
function words(options: OptionValues, name: string): readonly string[] {
  const given = options[name];
  const list = typeof given === "string" ? [given] : Array.isArray(given) ? given.map(String) : [];
  return list
    .flatMap((one) => one.split(","))
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

function ports(options: OptionValues, problems: Problem[]): readonly number[] {
  const given = words(options, "port");
  const bad = given.filter((text) => !PORT.test(text) || Number(text) > 65_535);
  for (const text of bad) problems.push({ place: "--port", message: `${text}: not a port, 1 to 65535` });
  return given.length === 0 ? [DEFAULT_PORT] : given.map(Number);
}

function addressOf(text: string, problems: Problem[]): string {
  const address = canonicalAddress(text);
  if (address === null) problems.push({ place: "--server", message: `${text}: not an IP address` });
  return address ?? text;
}

function prefixOf(text: string, problems: Problem[]): string {
  const prefix = parsePrefix(text);
  if (!prefix.ok) problems.push({ place: "--known", message: prefix.error });
  return text;
}

function idList(options: OptionValues, name: string, ids: readonly string[], problems: Problem[]): readonly string[] {
  const given = words(options, name);
  for (const id of given) {
    if (ids.includes(id)) continue;
    const near = nearestWord(id, ids);
    problems.push({
      place: `--${name}`,
      message: `${id}: no such detection${near === null ? "" : `; did you mean ${near}?`}`,
    });
  }
  return given;
}

function yearOf(text: string): Result<number, string> {
  return YEAR.test(text) ? ok(Number(text)) : fail(`${text}: not a year`);
}

function momentOf(text: string, nowMs: number): Result<number, string> {
  const ago = AGO.exec(text);
  const unit = ago?.[2];
  if (ago !== null && (unit === "m" || unit === "h" || unit === "d" || unit === "w")) {
    return ok(nowMs - Number(ago[1]) * AGO_MS[unit]);
  }
  const at = epochMsOf(text);
  return at === null ? fail(`${text}: not a time such as 2026-01-30T10:00:00Z, 2026-01-30 or 36h (ago)`) : ok(at);
}

function severityOf(text: string): Result<Severity, string> {
  const severity = SEVERITIES.find((one) => one === text);
  return severity === undefined ? fail(`${text}: not ${SEVERITIES.join(", ")}`) : ok(severity);
}
