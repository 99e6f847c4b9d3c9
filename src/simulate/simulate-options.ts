import type { OptionValues } from "../model/command.ts";
import { Complaint, type Problem } from "../model/complaint.ts";
import type { ModelChanges } from "./scaled-model.ts";

/** What a command line of `corral simulate` asks for. */
export interface SimulateOrder {
  readonly out: string;
  /** A file, or the name of a model. */
  readonly model: string;
  readonly changes: ModelChanges;
  /** Ending of the campaign's file: ``, `.gz`, `.zst`. */
  readonly ending: string;
}

const MOST_HOSTS = 1_000_000;
const MOST_DAYS = 3_660;
const MOST_SCALE = 10;
const ENDINGS: Readonly<Record<string, string>> = { gz: ".gz", zst: ".zst" };

/**
 * Reads the options.
 *
 * @throws a `Complaint` with everything that does not fit.
 */
export function simulateOrder(options: OptionValues): SimulateOrder {
  const problems: Problem[] = [];
  const text = (name: string): string | null => {
    const value = options[name];
    return typeof value === "string" ? value : null;
  };
  const number = (name: string, most: number, isWhole: boolean): number | null => {
    const given = text(name);
    if (given === null) return null;
    const value = /^\d{1,9}(?:\.\d{1,9})?$/u.test(given) ? Number(given) : Number.NaN;
    if (value > 0 && value <= most && (!isWhole || Number.isInteger(value))) return value;
    problems.push({
      place: `--${name}`,
      message: `must be a ${isWhole ? "whole " : ""}number above 0, at most ${most}`,
    });
    return null;
  };
  const [hosts, days, scale] = [
    number("hosts", MOST_HOSTS, true),
    number("days", MOST_DAYS, true),
    number("scale", MOST_SCALE, false),
  ];
  const [seed, pack] = [text("seed"), text("pack")];
  if (hosts !== null && scale !== null) problems.push({ place: "--scale", message: "cannot stand beside --hosts" });
  if (pack !== null && !Object.hasOwn(ENDINGS, pack)) problems.push({ place: "--pack", message: "must be gz or zst" });
  if (seed === "") problems.push({ place: "--seed", message: "must not be empty" });
  if (problems.length > 0) throw new Complaint(problems, "corral simulate --help shows examples");
  return {
    out: text("out") ?? "",
    model: text("model") ?? "default",
    changes: {
      ...(hosts === null ? {} : { hosts }),
      ...(days === null ? {} : { days }),
      ...(scale === null ? {} : { scale }),
      ...(seed === null ? {} : { seed }),
    },
    ending: ENDINGS[pack ?? ""] ?? "",
  };
}
