import { resolve } from "node:path";
import { EXIT } from "../model/complaint.ts";
import type { CommandRun } from "../model/command.ts";
import { shownValue } from "./answer-text.ts";
import { checkLake } from "./check-lake.io.ts";
import type { RollupCheck } from "./check-lake.io.ts";
import { neededOption } from "./command-option.ts";
import { damageWords } from "./damage-words.ts";

/** `corral lake check`: reads every file of a lake, names the damaged ones and says what remains readable. Exit 3 when one is damaged. */
export const runLakeCheck: CommandRun = async (_args, options, terminal) => {
  const check = await checkLake(resolve(terminal.cwd, neededOption(options, "lake")));
  const words = check.tables
    .map(({ table, segments, rows }) => `${table}: ${rows} rows in ${segments} segments\n`)
    .join("");
  await terminal.out(options["json"] === true ? `${JSON.stringify(check)}\n` : `${words}${rollupWords(check.rollups)}`);
  terminal.say(damageWords(check.damaged));
  const spoiled = check.rollups.damaged.map(
    ({ file, reason }) => `damaged, to be made anew: ${file}: ${shownValue(reason)}\n`,
  );
  terminal.say(spoiled.join(""));
  return check.damaged.length + spoiled.length === 0 ? EXIT.fine : EXIT.incomplete;
};

function rollupWords({ segments, without }: RollupCheck): string {
  const all = segments + without;
  return without === 0
    ? `rollups: of ${all} segments of observations\n`
    : `rollups: of ${segments} of ${all} segments of observations; corral compact makes the others\n`;
}
