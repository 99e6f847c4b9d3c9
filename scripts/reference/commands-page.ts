import { COMMANDS, commandsBelow } from "../../src/cli/command-table.ts";
import { commandHelp, overview } from "../../src/cli/help.ts";

/** The page of the commands: the help that each prints. */
export function commandsPage(): string {
  return [
    "# Commands",
    "",
    "Generated from `src/cli/command-table.ts` by `node scripts/reference.ts`. Data goes to stdout, words to stderr; relative paths",
    "resolve against the folder you stand in.",
    "",
    ...fenced(overview(COMMANDS)),
    ...COMMANDS.flatMap((row) => [`## corral ${row.name}`, "", ...fenced(commandHelp(row, commandsBelow(row.name)))]),
  ].join("\n");
}

function fenced(text: string): readonly string[] {
  return ["```text", text.trimEnd(), "```", ""];
}
