import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { systemClock } from "../machine/clock.io.ts";
import type { CommandRun, Terminal } from "../model/command.ts";
import { Complaint, EXIT, type ExitCode, type Problem } from "../model/complaint.ts";
import { abortable } from "./abortable.io.ts";
import { removeEmptyLake } from "../store/lake.io.ts";
import type { FileReport } from "./file-report.ts";
import { importFile, type ImportEffects, tryFile } from "./import-file.io.ts";
import { IMPORT_FORMATS, type ImportFormatName, isImportFormat } from "./import-format.ts";
import { openReporter } from "./progress.io.ts";
import { fileWords, sumWords } from "./report-words.ts";

const REJECTS_TOLD = 5;

/** `corral import FORMAT FILE… --lake DIR [--json] [--dry-run]`: other people's files into the lake. */
export const runImport: CommandRun = async (args, options, terminal) => {
  const { format, files, lake } = readArguments(args, options["lake"], terminal.cwd);
  const isDry = options["dry-run"] === true;
  const wasThere = (await stat(lake).catch(() => null)) !== null;
  const reports: FileReport[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const effects = effectsOf(terminal);
    try {
      const report = isDry ? await tryFile(file, format, effects) : await importFile(lake, file, format, effects);
      reports.push(report);
      terminal.say(fileWords(report));
    } catch (error) {
      if (terminal.stopped.aborted) break;
      if (!(error instanceof Complaint)) throw error;
      problems.push(...error.problems);
    }
  }
  const isUntouched = reports.length === 0 && !wasThere;
  if (isUntouched && !isDry) await removeEmptyLake(lake);
  if (options["json"] === true) await terminal.out(`${JSON.stringify({ files: reports, problems })}\n`);
  else if (reports.length > 1) terminal.say(sumWords(reports));
  return exitOf(reports, problems, terminal.stopped.aborted);
};

function exitOf(reports: readonly FileReport[], problems: readonly Problem[], isStopped: boolean): ExitCode {
  if (isStopped)
    throw new Complaint("stopped; what was finished is kept, run it again for the rest", null, EXIT.interrupted);
  if (problems.length > 0) throw new Complaint(problems, null, reports.length === 0 ? EXIT.usage : EXIT.incomplete);
  return reports.some(({ rejected }) => rejected > 0) ? EXIT.incomplete : EXIT.fine;
}

function effectsOf(terminal: Terminal): ImportEffects {
  let told = 0;
  const reporter = openReporter(terminal, systemClock);
  return {
    stdin: () => abortable(terminal.input(), terminal.stopped),
    clock: systemClock,
    stopped: terminal.stopped,
    reporter,
    onReject(words) {
      told += 1;
      if (told <= REJECTS_TOLD) reporter.say(`rejected: ${words}`);
      if (told === REJECTS_TOLD + 1)
        reporter.say("rejected: more; where anything of a file is taken, all of them are in the rejects file");
    },
  };
}

interface Arguments {
  readonly format: ImportFormatName;
  readonly files: readonly string[];
  readonly lake: string;
}

function readArguments(args: readonly string[], lake: unknown, cwd: string): Arguments {
  const [format = "", ...files] = args;
  const problems: Problem[] = [];
  if (!isImportFormat(format)) {
    const known = Object.entries(IMPORT_FORMATS).map(([name, row]) => `${name} (${row.describe})`);
    problems.push({ place: "FORMAT", message: `${JSON.stringify(format)} is none of: ${known.join("; ")}` });
  }
  if (files.length === 0) problems.push({ place: "FILE", message: "at least one file, or - for standard input" });
  if (files.filter((file) => file === "-").length > 1)
    problems.push({ place: "-", message: "standard input can be read once" });
  if (typeof lake !== "string") problems.push({ place: "--lake", message: "is required: --lake DIR" });
  if (!isImportFormat(format) || typeof lake !== "string" || problems.length > 0) throw new Complaint(problems);
  return { format, files: files.map((file) => (file === "-" ? file : resolve(cwd, file))), lake: resolve(cwd, lake) };
}
