import { resolve } from "node:path";
import { EXIT } from "../model/complaint.ts";
import type { CommandRun } from "../model/command.ts";
import { checkLake } from "./check-lake.io.ts";
import { neededOption } from "./command-option.ts";
import { damageWords } from "./damage-words.ts";

/** `corral lake check`: reads every file of a lake, names the damaged ones and says what remains readable. Exit 3 when one is damaged. */
export const runLakeCheck: CommandRun = async (_args, options, terminal) => {
  const check = await checkLake(resolve(terminal.cwd, neededOption(options, "lake")));
  const words = check.tables
    .map(({ table, segments, rows }) => `${table}: ${rows} rows in ${segments} segments\n`)
    .join("");
  await terminal.out(options["json"] === true ? `${JSON.stringify(check)}\n` : words);
  terminal.say(damageWords(check.damaged));
  return check.damaged.length === 0 ? EXIT.fine : EXIT.incomplete;
};
