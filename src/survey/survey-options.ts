import { Complaint } from "../model/complaint.ts";
import type { OptionValues } from "../model/command.ts";
import type { Problem } from "../model/complaint.ts";
import { parseShard, WHOLE } from "./order/shard.ts";
import type { Shard } from "./order/shard.ts";
import { type NetworkOptions, networkOptions } from "../machine/network-options.ts";

/** What `corral survey` was asked to do. */
export interface SurveyOptions {
  readonly scope: string;
  readonly lake: string;
  /** File of targets, `-` for standard input, `null` for everything the scope names. */
  readonly targets: string | null;
  readonly shard: Shard;
  readonly resume: boolean;
  readonly fresh: boolean;
  readonly pilot: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** `null`: derived from the scope, so that shards agree. */
  readonly seed: string | null;
  /** Connections a second, below the scope's own; `null` for the scope's. */
  readonly rate: number | null;
  /** Tables of networks to place addresses by. */
  readonly networks: NetworkOptions;
}

/** A plain decimal number: no sign, no exponent, no other base. */
const RATE = /^\d{1,9}(?:\.\d{1,9})?$/u;
const SEED = /^\d{1,15}$/u;

/** Reads the options; a {@link Complaint} with every problem at once. */
export function parseSurveyOptions(values: OptionValues): SurveyOptions {
  const problems: Problem[] = [];
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === "string" ? value : null;
  };
  const shard = text("shard") === null ? { ok: true as const, value: WHOLE } : parseShard(text("shard") ?? "");
  if (!shard.ok) problems.push({ place: "--shard", message: shard.error });
  const rateText = text("rate");
  const rate = rateText === null ? null : Number(rateText);
  if (rateText !== null && !(RATE.test(rateText) && Number(rateText) > 0)) {
    problems.push({ place: "--rate", message: `"${rateText}" is no number of connections a second` });
  }
  const seed = text("seed");
  if (seed !== null && !SEED.test(seed)) problems.push({ place: "--seed", message: `"${seed}" is no whole number` });
  const [resume, fresh] = [values["resume"] === true, values["fresh"] === true];
  if (resume && fresh) problems.push({ place: "--fresh", message: "does not go with --resume" });
  for (const name of resume ? ["seed"] : []) {
    if (text(name) !== null)
      problems.push({ place: `--${name}`, message: "is kept by the run that --resume goes on with" });
  }
  if (!shard.ok || problems.length > 0) throw new Complaint(problems, "corral survey --help");
  return {
    scope: text("scope") ?? "",
    lake: text("lake") ?? "",
    targets: text("targets"),
    shard: shard.value,
    resume,
    fresh,
    pilot: values["pilot"] === true,
    dryRun: values["dry-run"] === true,
    json: values["json"] === true,
    seed,
    rate,
    networks: networkOptions(values),
  };
}
