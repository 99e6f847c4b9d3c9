import { resolve } from "node:path";
import { EXIT } from "../model/complaint.ts";
import type { CommandRun } from "../model/command.ts";
import { neededOption } from "./command-option.ts";
import { compactLake } from "./compact.io.ts";
import { damageWords } from "./damage-words.ts";

/** `corral compact`: merges the small segments of a lake and brings old ones to today's schema. Exit 3 when damaged ones were left alone. */
export const runCompact: CommandRun = async (_args, options, terminal) => {
  const { merged, made, damaged } = await compactLake(resolve(terminal.cwd, neededOption(options, "lake")));
  await terminal.out(
    options["json"] === true ? `${JSON.stringify({ merged, made, damaged })}\n` : `${merged} segments became ${made}\n`,
  );
  terminal.say(damageWords(damaged));
  return damaged.length === 0 ? EXIT.fine : EXIT.incomplete;
};
