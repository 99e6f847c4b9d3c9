import { resolve } from "node:path";
import { systemClock } from "../machine/clock.io.ts";
import { canonicalAddress } from "../model/address.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { Problem } from "../model/complaint.ts";
import type { CommandRun, OptionValues } from "../model/command.ts";
import { instantOf } from "../model/instant.ts";
import type { Prefix } from "../model/prefix.ts";
import { parsePrefix } from "../model/prefix.ts";
import { prefixSet } from "../model/prefix-set.ts";
import { neededOption, textOption, textOptions } from "./command-option.ts";
import { forget } from "./forget.io.ts";
import type { Forgetting } from "./forgetting.ts";

const DAY_MS = 86_400_000;
const HINT = "give --older-than DAYSd, or --address and --prefix as often as needed";

/**
 * `corral forget`: takes rows out of a lake for good: by age, by address, by prefix. Says that it is done only when nothing of it remains in
 * segments, journals, request logs, rejects, temporary files and catalogue; else names what is left and exits 3.
 */
export const runForget: CommandRun = async (_args, options, terminal) => {
  const lake = resolve(terminal.cwd, neededOption(options, "lake"));
  const done = await forget(lake, whatToForget(options, systemClock.epochMs()));
  const { observations, cards, lines, left } = done;
  const words = `forgotten: ${observations} observations, ${cards} cards, ${lines} lines of logs and rejects\n`;
  await terminal.out(options["json"] === true ? `${JSON.stringify(done)}\n` : words);
  if (left.length === 0) return EXIT.fine;
  terminal.say(`not done yet, something may remain in:\n${left.map((one) => `  ${one}\n`).join("")}`);
  terminal.say("hint: run it again when other commands on this lake have ended\n");
  return EXIT.incomplete;
};

/** Reads the options; a {@link Complaint} with every mistake at once. */
export function whatToForget(options: OptionValues, nowMs: number): Forgetting {
  const age = textOption(options, "older-than");
  const problems: Problem[] = [];
  const prefixes = [
    ...textOptions(options, "address").flatMap((text) => addressPrefix(text, problems)),
    ...textOptions(options, "prefix").flatMap((text) => readPrefix("--prefix", text, problems)),
  ];
  const days = age === null ? null : /^([1-9][0-9]{0,4})d$/u.exec(age)?.[1];
  if (days === undefined) problems.push({ place: "--older-than", message: `${age}: not a number of days like 90d` });
  const both = age !== null && (prefixes.length > 0 || problems.length > 1);
  if (both) problems.push({ place: "--older-than", message: "not together with --address or --prefix" });
  if (problems.length > 0) throw new Complaint(problems, HINT);
  if (typeof days === "string")
    return { kind: "before", instant: instantOf(nowMs - Number(days) * DAY_MS), runs: null };
  if (prefixes.length === 0) throw new Complaint("what to forget is missing", HINT);
  return { kind: "addresses", prefixes: prefixSet(prefixes) };
}

function addressPrefix(text: string, problems: Problem[]): readonly Prefix[] {
  if (canonicalAddress(text) === null) {
    problems.push({ place: "--address", message: `${text}: not an address` });
    return [];
  }
  return readPrefix("--address", text, problems);
}

function readPrefix(place: string, text: string, problems: Problem[]): readonly Prefix[] {
  const prefix = parsePrefix(text);
  if (prefix.ok) return [prefix.value];
  problems.push({ place, message: `${text}: ${prefix.error}` });
  return [];
}
