import process from "node:process";
import { Complaint, EXIT, type ExitCode } from "../model/complaint.ts";
import { nearestWord } from "../model/nearest-word.ts";
import { visibleText } from "../render/visible-text.ts";
import { COMMANDS } from "./command-table.ts";
import type { CommandRow } from "./command-row.ts";
import { commandHelp, overview } from "./help.ts";
import { machineComplaint } from "./machine-failure.ts";
import { parseCommand } from "./parse-command.ts";
import { processTerminal } from "./terminal.io.ts";
import { versionText } from "./version.io.ts";

/** Finds the row that the first words name; the longest name wins (`scope check` before `scope`). */
function findRow(words: readonly string[]): { row: CommandRow; rest: readonly string[] } | null {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const row = COMMANDS.find((one) => one.name === name);
    if (row !== undefined) return { row, rest: words.slice(length) };
  }
  return null;
}

function unknownCommand(words: readonly string[]): Complaint {
  const first = words[0] ?? "";
  const group = COMMANDS.filter((row) => row.name.startsWith(`${first} `)).map((row) => `corral ${row.name}`);
  if (group.length > 0) return new Complaint(`"${first}" needs a second word`, group.join(" | "));
  const near = nearestWord(
    first,
    COMMANDS.map((row) => row.name.split(" ")[0] ?? ""),
  );
  const hint = near === null ? "corral --help lists the commands" : `did you mean corral ${near}?`;
  return new Complaint(`no such command: ${JSON.stringify(first)}`, hint);
}

async function run(words: readonly string[]): Promise<ExitCode> {
  const terminal = processTerminal(!words.includes("--no-color"));
  const [first] = words;
  if (first === undefined || first === "--help" || first === "help") {
    await terminal.out(overview(COMMANDS));
    return first === undefined ? EXIT.usage : EXIT.fine;
  }
  if (first === "--version") {
    await terminal.out(`${versionText()}\n`);
    return EXIT.fine;
  }
  const found = findRow(words);
  if (found === null) throw unknownCommand(words);
  const { args, options } = parseCommand(found.row, found.rest);
  if (options["help"] === true) {
    await terminal.out(commandHelp(found.row));
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
