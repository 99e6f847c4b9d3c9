import { join, resolve } from "node:path";
import { writeFileAtomic } from "../../machine/atomic-file.io.ts";
import type { CommandRun, OptionValues, Terminal } from "../../model/command.ts";
import { Complaint, EXIT, type ExitCode } from "../../model/complaint.ts";
import type { Judgements } from "../../model/judgements.ts";
import { nearestWord } from "../../model/nearest-word.ts";
import { renderHtml } from "../../render/html.ts";
import { renderMarkdown } from "../../render/markdown.ts";
import { openSnapshot } from "../../store/snapshot.io.ts";
import type { Snapshot } from "../../store/snapshot.ts";
import { STUDY_OUTPUTS } from "../catalogue/study-outputs.ts";
import { judgementsOf } from "../network-judgements.io.ts";
import type { StudyOutput } from "../study-output.ts";
import { BASES, baseFile } from "./base-tables.ts";
import { comparisonOf } from "./comparison.io.ts";
import { computePaper, METHOD_FILE, type Paper } from "./compute-paper.ts";
import { paperCsv } from "./paper-csv.ts";
import { paperDocument } from "./paper-document.ts";
import { type Comparison, labelOf, paperRecord } from "./paper-record.ts";
import { lintPaper } from "./lint-paper.ts";
import type { PaperRecord } from "./paper-schema.ts";
import { parsePeriods } from "./periods.ts";
import type { SqlFile } from "./sql-file.ts";
import { whatIfFile, WHAT_IF_OUTPUT } from "../what-if.ts";
import { parseConditions } from "../what-if-conditions.ts";
import { paperPictures } from "./paper-pictures.ts";
import { type DaySpan, parseDaySpan } from "./study-window.ts";
import { refuseSmallCells } from "./small-cells.ts";
import { loadSqlFiles } from "./sql-files.io.ts";
import { parseFloor, parseStudyFormats, type StudyFormat } from "./study-formats.ts";

/**
 * `corral study`: answers the study's outputs from a lake, into a folder or, with `--table`, one of them on stdout. Exit 3 when files of the
 * lake were damaged and left out.
 *
 * @throws a `Complaint` for an unknown table or format, and when a floor below 5 is asked of a lake that is not the owner's own.
 */
export const runStudy: CommandRun = async (_args, options, terminal) => {
  const order = readOrder(options);
  const judgements = await judgementsOf(options, terminal.cwd);
  const { stopped } = terminal;
  const path = resolve(terminal.cwd, String(options["lake"]));
  const asked = { stopped, memoryMiB: MEMORY_MIB };
  const lake = await openSnapshot(path, judgements, order.window === null ? asked : { ...asked, window: order.window });
  try {
    await refuseSmallCells(lake, order.floor);
    return await runOrder(lake, order, { terminal, judgements });
  } catch (error) {
    if (stopped.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    await lake.close();
  }
};

interface Order {
  readonly outputs: readonly StudyOutput[];
  readonly formats: readonly StudyFormat[];
  /** One table, for stdout unless there is a folder. */
  readonly isOne: boolean;
  readonly out: string | null;
  readonly floor: number;
  readonly window: DaySpan | null;
  /** Query files that the options make: of what if, and of two periods. */
  readonly made: ReadonlyMap<string, SqlFile>;
  /** `published`, another lake, or nothing. */
  readonly compare: string | null;
  readonly json: boolean;
}

/** Limit of the engine's buffers: with it the process stays below 1 GB over seven million observations (bench/RESULTS.md). */
const MEMORY_MIB = 600;

function readOrder(options: OptionValues): Order {
  const table = textOf(options["table"]);
  const format = textOf(options["format"]);
  const out = textOf(options["out"]) ?? null;
  const formats = parseStudyFormats(table === undefined ? format : (format ?? "csv"));
  const made = madeFiles(options);
  const all = made.has(WHAT_IF_OUTPUT.file) ? [...STUDY_OUTPUTS, WHAT_IF_OUTPUT] : STUDY_OUTPUTS;
  const outputs = table === undefined ? all : [outputNamed(table, all)];
  if (table === undefined && out === null)
    throw new Complaint(
      [{ place: "--out", message: "is missing" }],
      "a folder for the report, or --table ID for one table on stdout",
    );
  if (out === null && formats.includes("png"))
    throw new Complaint([{ place: "--format", message: "pictures need a folder" }], "name one with --out");
  if (out === null && formats.length > 1)
    throw new Complaint(
      [{ place: "--format", message: "one format only goes to stdout" }],
      "choose one, or a folder with --out",
    );
  const compare = textOf(options["compare"]) ?? null;
  if (compare !== null && table !== undefined)
    throw new Complaint([{ place: "--compare", message: "goes with a whole study, not with --table" }]);
  const window = parseDaySpan(textOf(options["from"]), textOf(options["until"]));
  const floor = parseFloor(textOf(options["k"]));
  return {
    outputs,
    formats,
    isOne: table !== undefined,
    out,
    floor,
    window,
    made,
    compare,
    json: options["json"] === true,
  };
}

function madeFiles(options: OptionValues): ReadonlyMap<string, SqlFile> {
  const [whatIf, periods] = [textOf(options["what-if"]), textOf(options["periods"])];
  return new Map([
    ...(whatIf === undefined ? [] : [[WHAT_IF_OUTPUT.file, whatIfFile(parseConditions(whatIf))] as const]),
    ...(periods === undefined ? [] : [[baseFile("study_period"), parsePeriods(periods)] as const]),
  ]);
}

function outputNamed(id: string, outputs: readonly StudyOutput[]): StudyOutput {
  const found = outputs.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (found !== undefined) return found;
  if (id.toLowerCase() === WHAT_IF_OUTPUT.id)
    throw new Complaint([{ place: "--table", message: "what-if needs --what-if" }]);
  const ids = outputs.map((one) => one.id);
  const near = nearestWord(id, ids);
  const hint = near === null ? `choose from ${ids.join(", ")}` : `did you mean ${near}? All: ${ids.join(", ")}`;
  throw new Complaint([{ place: "--table", message: `no such output: ${JSON.stringify(id.slice(0, 80))}` }], hint);
}

/** What an order is carried out with. */
interface Means {
  readonly terminal: Terminal;
  readonly judgements: Judgements;
}

async function runOrder(lake: Snapshot, order: Order, means: Means): Promise<ExitCode> {
  const { terminal } = means;
  const withMethod = !(order.isOne && order.formats.every((format) => format === "csv"));
  const paper = await computePaper(lake, {
    outputs: order.outputs,
    files: await filesFor(order),
    floor: order.floor,
    withMethod,
    withSums: order.compare !== null,
    progress: progressOf(order, terminal),
  });
  const { compare, floor } = order;
  const compared =
    compare === null ? null : await comparisonOf(paper, compare, { ...means, floor, memoryMiB: MEMORY_MIB });
  if (withMethod) recordOf(paper, compared);
  const written = await write(await textsOf(paper, compared, order), order, terminal);
  if (order.out !== null)
    await terminal.out(
      order.json ? `${JSON.stringify({ files: written, label: labelOf(paper.facts) })}\n` : `${written.join("\n")}\n`,
    );
  for (const { file, reason } of lake.damaged) terminal.say(`left out, damaged: ${file}: ${reason}`);
  return lake.damaged.length === 0 ? EXIT.fine : EXIT.incomplete;
}

/** The query files of an order: those that ship, and those that its options make. */
async function filesFor({ outputs, made }: Pick<Order, "outputs" | "made">): Promise<ReadonlyMap<string, SqlFile>> {
  const names = fileNames(outputs).filter((name) => !made.has(name));
  return new Map([...(await loadSqlFiles(names)), ...made]);
}

function fileNames(outputs: readonly StudyOutput[]): readonly string[] {
  return [...BASES.map(baseFile), METHOD_FILE, ...outputs.map(({ file }) => file)];
}

function progressOf({ outputs, isOne }: Order, terminal: Terminal): (done: number, next: string) => void {
  if (isOne || !terminal.interactive || terminal.env["TERM"] === "dumb") return () => undefined;
  return (done, next) => {
    terminal.say(`${done === 0 ? "" : "\u001B[1A\u001B[2K"}output ${done + 1} of ${outputs.length}: ${next}`);
  };
}

async function write(files: readonly Written[], { out }: Order, terminal: Terminal): Promise<readonly string[]> {
  if (out === null) {
    for (const { text } of files) await terminal.out(String(text));
    return [];
  }
  const folder = resolve(terminal.cwd, out);
  const paths: string[] = [];
  for (const { name, text } of files) {
    const path = join(folder, name);
    await writeFileAtomic(path, text);
    paths.push(path);
  }
  return paths;
}

interface Written {
  readonly name: string;
  readonly text: string | Uint8Array;
}

async function textsOf(
  paper: Paper,
  compared: Comparison | null,
  { formats, isOne }: Order,
): Promise<readonly Written[]> {
  const base = isOne ? (paper.tables[0]?.output.id ?? "table") : "study";
  const files = formats.flatMap((format) => filesOf(format, { paper, compared, base, isOne }));
  return formats.includes("png") ? [...files, ...(await pngsOf(paper))] : files;
}

/** The drawing engine is loaded here and nowhere else: pictures are made on demand. */
async function pngsOf(paper: Paper): Promise<readonly Written[]> {
  const { pngOf } = await import("../../render/png.io.ts");
  const files: Written[] = [];
  for (const { name, svg } of paperPictures(paper))
    files.push({ name: join("png", `${name}.png`), text: await pngOf(svg) });
  return files;
}

interface Whole {
  readonly paper: Paper;
  readonly compared: Comparison | null;
  readonly base: string;
  readonly isOne: boolean;
}

/** The files of a format: one of the whole, or one a table. */
function filesOf(format: StudyFormat, { paper, compared, base, isOne }: Whole): readonly Written[] {
  switch (format) {
    case "html":
      return [{ name: `${base}.html`, text: renderHtml(paperDocument(paper, compared)) }];
    case "md":
      return [{ name: `${base}.md`, text: renderMarkdown(paperDocument(paper, compared)) }];
    case "json":
      return [{ name: `${base}.json`, text: `${JSON.stringify(recordOf(paper, compared), null, 2)}\n` }];
    case "csv":
      return paper.tables.map((table) => ({
        name: isOne ? `${table.output.id}.csv` : join("csv", `${table.output.file}.csv`),
        text: paperCsv(table),
      }));
    case "png":
      return [];
  }
}

/** The record of a paper that states what rule R18 asks for; one that does not is a fault of ours and is not written. */
function recordOf(paper: Paper, compared: Comparison | null): PaperRecord {
  const record = paperRecord(paper, labelOf(paper.facts), compared);
  const faults = lintPaper(record);
  if (faults.length > 0) throw new TypeError(`the study does not state what it must: ${faults.join("; ")}`);
  return record;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
