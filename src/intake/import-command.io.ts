import { stat } from "node:fs/promises";
import { systemClock } from "../machine/clock.io.ts";
import { networkOptions } from "../machine/network-options.ts";
import type { CommandRun, Terminal } from "../model/command.ts";
import { Complaint, EXIT, type ExitCode, type Problem } from "../model/complaint.ts";
import type { Given } from "../format/stored-look.ts";
import { removeEmptyLake } from "../store/lake.io.ts";
import { abortable } from "../machine/abortable.io.ts";
import { detectFile, runDetect } from "./detect-file.io.ts";
import type { FileReport } from "./file-report.ts";
import { importFile, type ImportEffects, tryFile } from "./import-file.io.ts";
import type { ImportFormatName } from "./import-format.ts";
import { type ImportTask, readTask } from "./import-task.io.ts";
import { createPlacer, type Placer } from "./placer.io.ts";
import { openReporter } from "./progress.io.ts";
import { fileWords, shownPath, sumWords } from "./report-words.ts";

const REJECTS_TOLD = 5;

/** `corral import FORMAT FILE… --lake DIR [--json] [--dry-run]`: other people's files into the lake; `--detect` tells the format first. */
export const runImport: CommandRun = async (args, options, terminal) => {
  const task = readTask(args, options, terminal.cwd);
  if (task.lake === null) return runDetect(task.files, options["json"] === true, terminal);
  const { lake } = task;
  const placer = createPlacer(networkOptions(options), terminal.cwd, (words) => terminal.say(words));
  const isDry = options["dry-run"] === true;
  const wasThere = (await stat(lake).catch(() => null)) !== null;
  const reports: FileReport[] = [];
  const problems: Problem[] = [];
  const hints = new Set<string>();
  for (const file of task.files) {
    try {
      const { format, effects } = await prepared(file, task, placer, terminal);
      const report = isDry ? await tryFile(file, format, effects) : await importFile(lake, file, format, effects);
      reports.push(report);
      terminal.say(fileWords(report));
    } catch (error) {
      if (terminal.stopped.aborted) break;
      if (!(error instanceof Complaint)) throw error;
      problems.push(...error.problems);
      if (error.hint !== null) hints.add(error.hint);
    }
  }
  const isUntouched = reports.length === 0 && !wasThere;
  if (isUntouched && !isDry) await removeEmptyLake(lake);
  if (options["json"] === true) await terminal.out(`${JSON.stringify({ files: reports, problems })}\n`);
  else if (reports.length > 1) terminal.say(sumWords(reports));
  const hint = hints.size === 0 ? null : [...hints].join("; ");
  return exitOf(reports, { problems, hint }, terminal.stopped.aborted);
};

interface Prepared {
  readonly format: ImportFormatName;
  readonly effects: ImportEffects;
}

async function prepared(file: string, task: ImportTask, placer: Placer, terminal: Terminal): Promise<Prepared> {
  const effects = effectsOf(terminal, task.given, placer);
  if (task.format !== null) return { format: task.format, effects };
  const { format, stdin } = await detectFile(file, effects.stdin);
  effects.reporter.say(`${file === "-" ? "standard input" : shownPath(file)}: ${format}`);
  return { format, effects: { ...effects, stdin } };
}

interface Told {
  readonly problems: readonly Problem[];
  readonly hint: string | null;
}

function exitOf(reports: readonly FileReport[], { problems, hint }: Told, isStopped: boolean): ExitCode {
  if (isStopped)
    throw new Complaint("stopped; what was finished is kept, run it again for the rest", null, EXIT.interrupted);
  if (problems.length > 0) throw new Complaint(problems, hint, reports.length === 0 ? EXIT.usage : EXIT.incomplete);
  return reports.some(({ rejected }) => rejected > 0) ? EXIT.incomplete : EXIT.fine;
}

function effectsOf(terminal: Terminal, given: Given, placer: Placer): ImportEffects {
  let told = 0;
  const reporter = openReporter(terminal, systemClock);
  return {
    stdin: () => abortable(terminal.input(), terminal.stopped),
    clock: systemClock,
    stopped: terminal.stopped,
    reporter,
    given,
    placer,
    onReject(words) {
      told += 1;
      if (told <= REJECTS_TOLD) reporter.say(`rejected: ${shownPath(words)}`);
      if (told === REJECTS_TOLD + 1)
        reporter.say("rejected: more; where anything of a file is taken, all of them are in the rejects file");
    },
  };
}
