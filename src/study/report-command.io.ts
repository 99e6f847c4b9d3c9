import { resolve } from "node:path";
import type { CommandRun } from "../model/command.ts";
import { EXIT } from "../model/complaint.ts";
import { openSnapshot } from "../store/snapshot.io.ts";
import { lakeFacts, mayTellAll } from "./lake-facts.ts";
import { buildReport } from "./report.ts";
import { notOwn } from "./not-own.ts";
import { judgementsOf } from "./network-judgements.io.ts";
import { parseReportFormats } from "./report-format.ts";
import { writeReport } from "./write-report.io.ts";

/**
 * `corral report`: reads a lake and writes its report; prints the paths. Exit 3 when files of the lake were damaged and left out.
 *
 * @throws a `Complaint` when `--full` is asked of a lake that holds anything not measured on the owner's authority.
 */
export const runReport: CommandRun = async (_args, options, terminal) => {
  const formats = parseReportFormats(textOption(options["format"]));
  const lakePath = resolve(terminal.cwd, textOption(options["lake"]) ?? "");
  const outPath = resolve(terminal.cwd, textOption(options["out"]) ?? "");
  const full = options["full"] === true;
  const { stopped } = terminal;
  const lake = await openSnapshot(lakePath, await judgementsOf(options, terminal.cwd), { stopped });
  try {
    const facts = await lakeFacts(lake);
    if (full && !mayTellAll(facts)) throw notOwn(facts.bases);
    const report = await buildReport(lake, facts, { full, preface: null });
    const paths = await writeReport(report, outPath, formats);
    const words =
      options["json"] === true
        ? `${JSON.stringify({ files: paths, label: report.record.label })}\n`
        : `${paths.join("\n")}\n`;
    await terminal.out(words);
    for (const { file, reason } of lake.damaged) terminal.say(`left out, damaged: ${file}: ${reason}`);
    return lake.damaged.length === 0 ? EXIT.fine : EXIT.incomplete;
  } catch (error) {
    if (stopped.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    await lake.close();
  }
};

function textOption(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
