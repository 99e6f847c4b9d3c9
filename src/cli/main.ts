import process from "node:process";
import { Complaint, EXIT, type ExitCode } from "../model/complaint.ts";
import { nearestWord } from "../model/nearest-word.ts";
import { visibleText } from "../render/visible-text.ts";
import { COMMANDS, commandsBelow } from "./command-table.ts";
import type { CommandRow } from "./command-row.ts";
import { commandHelp, groupHelp, overview } from "./help.ts";
import { machineComplaint } from "./machine-failure.ts";
import { parseCommand } from "./parse-command.ts";
import { processTerminal } from "./terminal.io.ts";
import { versionText } from "./version.io.ts";

/** Words of the longest command's name: `gateway key add`. */
const MOST_WORDS = 3;

/** Finds the row that the first words name; the longest name wins (`scope check` before `scope`). */
function findRow(words: readonly string[]): { row: CommandRow; rest: readonly string[] } | null {
  for (let length = MOST_WORDS; length > 0; length -= 1) {
    const name = words.slice(0, length).join(" ");
    const row = COMMANDS.find((one) => one.name === name);
    if (row !== undefined) return isGroupWord(name, row, words[length]) ? null : { row, rest: words.slice(length) };
  }
  return null;
}

/** Whether a word after a command that takes none can only be meant as part of a longer name: `gateway` runs, `gateway kye` does not. */
function isGroupWord(name: string, row: CommandRow, next: string | undefined): boolean {
  const takesNone = next !== undefined && !next.startsWith("-") && row.args.length === 0;
  return takesNone && commandsBelow(name).length > 0;
}

const COUNTED = ["first", "second", "third"] as const;

/** The most words that begin a longer name, if any: `gateway key`. */
function unknownCommand(words: readonly string[]): Complaint {
  for (let length = Math.min(MOST_WORDS - 1, words.length); length > 0; length -= 1) {
    const name = words.slice(0, length).join(" ");
    const group = commandsBelow(name).map((row) => `corral ${row.name}`);
    const given = words[length];
    if (group.length === 0) continue;
    if (given === undefined || given.startsWith("-"))
      return new Complaint(`${JSON.stringify(name)} needs a ${COUNTED[length] ?? "next"} word`, group.join(" | "));
    return new Complaint(`no such command: ${JSON.stringify(`${name} ${given}`)}`, group.join(" | "));
  }
  const first = words[0] ?? "";
  const near = nearestWord(
    first,
    COMMANDS.map((row) => row.name.split(" ")[0] ?? ""),
  );
  const hint = near === null ? "corral --help lists the commands" : `did you mean corral ${near}?`;
  return new Complaint(`no such command: ${JSON.stringify(first)}`, hint);
}

const isHelp = (word: string): boolean => word === "--help" || word === "-h";

/** Help of `corral rules --help`; `null` = it is not asked for, or no command begins so. */
function helpOfGroup(words: readonly string[]): string | null {
  const firstOption = words.findIndex((word) => word.startsWith("-"));
  const name = words.slice(0, Math.max(firstOption, 0)).join(" ");
  const group = commandsBelow(name);
  return words.some(isHelp) && group.length > 0 ? groupHelp(name, group) : null;
}

async function run(words: readonly string[]): Promise<ExitCode> {
  const terminal = processTerminal(!words.includes("--no-color"));
  const [first] = words;
  if (first === undefined || isHelp(first) || first === "help") {
    await terminal.out(overview(COMMANDS));
    return first === undefined ? EXIT.usage : EXIT.fine;
  }
  if (first === "--version") {
    await terminal.out(`${versionText()}\n`);
    return EXIT.fine;
  }
  const found = findRow(words);
  if (found === null) {
    const help = helpOfGroup(words);
    if (help === null) throw unknownCommand(words);
    await terminal.out(help);
    return EXIT.fine;
  }
  const { args, options } = parseCommand(found.row, found.rest);
  if (options["help"] === true) {
    await terminal.out(commandHelp(found.row, commandsBelow(found.row.name)));
    return EXIT.fine;
  }
  const work = await found.row.load();
  return work(args, options, terminal);
}

const LONGEST_LINE = 2000;

/** Says what is wrong and what to do; what a file or a server wrote cannot steer the terminal. */
function tell(complaint: Complaint): void {
  for (const { place, message } of complaint.problems) {
    process.stderr.write(`error: ${visibleText(place === "" ? message : `${place}: ${message}`, LONGEST_LINE)}\n`);
  }
  if (complaint.hint !== null) process.stderr.write(`hint: ${visibleText(complaint.hint, LONGEST_LINE)}\n`);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const complaint = error instanceof Complaint ? error : machineComplaint(error);
  if (complaint === null) throw error;
  tell(complaint);
  process.exitCode = complaint.exitCode;
}
