import { resolve } from "node:path";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { CommandRun, OptionValues } from "../model/command.ts";
import type { Judgements } from "../model/judgements.ts";
import { neededOption, textOption } from "./command-option.ts";
import { damageWords } from "./damage-words.ts";
import { exportLines, exportViews } from "./export.io.ts";

type ExportFormat = "jsonl" | "csv" | "parquet";

/**
 * `corral export`: a lake as JSONL (one file; imports again to the same lake), as CSV (a folder, one file per view), or with `--snapshot` as
 * Parquet (a folder, one file per view and a manifest) for other engines. Exit 3 when damaged files were left out.
 */
export function exportCommand(judgements: Judgements): CommandRun {
  return async (_args, options, terminal) => {
    const format = formatOption(options);
    const lake = resolve(terminal.cwd, neededOption(options, "lake"));
    const out = resolve(terminal.cwd, neededOption(options, "out"));
    try {
      const { files, damaged } =
        format === "jsonl"
          ? await exportLines(lake, out, terminal.stopped)
          : await exportViews(lake, judgements, out, format);
      const words = files.map(({ file, rows }) => `${file}: ${rows} rows\n`).join("");
      await terminal.out(options["json"] === true ? `${JSON.stringify({ files, damaged })}\n` : words);
      terminal.say(damageWords(damaged));
      return damaged.length === 0 ? EXIT.fine : EXIT.incomplete;
    } catch (error) {
      if (terminal.stopped.aborted) return EXIT.interrupted;
      throw error;
    }
  };
}

function formatOption(options: OptionValues): ExportFormat {
  const text = textOption(options, "format");
  const snapshot = options["snapshot"] === true;
  if (snapshot && text !== null && text !== "parquet") {
    throw new Complaint([{ place: "--snapshot", message: `writes Parquet, not ${text}` }], "leave out --format");
  }
  if (snapshot) return "parquet";
  if (text === null || text === "jsonl") return "jsonl";
  if (text === "csv" || text === "parquet") return text;
  throw new Complaint([{ place: "--format", message: `${text}: not jsonl, csv or parquet` }]);
}
