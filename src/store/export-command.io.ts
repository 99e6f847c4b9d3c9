import { resolve } from "node:path";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { CommandRun, OptionValues } from "../model/command.ts";
import type { Judgements } from "../model/judgements.ts";
import { neededOption, textOption } from "./command-option.ts";
import { damageWords } from "./damage-words.ts";
import { exportLines, exportOneView, exportViews } from "./export.io.ts";

type ExportFormat = "jsonl" | "csv" | "parquet";

/**
 * `corral export` of the lake itself: JSONL (one file; imports again to the same lake), CSV or Parquet (a folder, one file per view and a
 * manifest, or with `--view` one file). Exit 3 when damaged files were left out.
 */
export function exportCommand(judgements: Judgements): CommandRun {
  return async (_args, options, terminal) => {
    const format = formatOption(options);
    const view = viewOption(options, format);
    const lake = resolve(terminal.cwd, neededOption(options, "lake"));
    const out = resolve(terminal.cwd, neededOption(options, "out"));
    try {
      const { files, damaged } =
        format === "jsonl"
          ? await exportLines(lake, out, terminal.stopped)
          : view === null
            ? await exportViews(lake, judgements, out, format)
            : await exportOneView(lake, judgements, view, out, format);
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
  throw new Complaint([{ place: "--format", message: `${text}: not jsonl, csv, parquet, stix, sarif or ocsf` }]);
}

function viewOption(options: OptionValues, format: ExportFormat): string | null {
  const view = textOption(options, "view");
  const problems = [
    ...(view !== null && format === "jsonl" ? [{ place: "--view", message: "means nothing to --format jsonl" }] : []),
    ...(view !== null && options["snapshot"] === true
      ? [{ place: "--view", message: "a snapshot holds every view" }]
      : []),
    ...(options["full"] === true ? [{ place: "--full", message: `--format ${format} is always full` }] : []),
    ...(options["tlp"] === undefined ? [] : [{ place: "--tlp", message: `means nothing to --format ${format}` }]),
  ];
  if (problems.length > 0) throw new Complaint(problems, "corral export --help");
  return view;
}
