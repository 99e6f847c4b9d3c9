import { resolve } from "node:path";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { CommandRun, Terminal } from "../model/command.ts";
import type { Judgements } from "../model/judgements.ts";
import { columnWidths, csvRow, jsonRow, tableHead, tableRow } from "./answer-text.ts";
import { neededOption, textOption } from "./command-option.ts";
import { damageWords } from "./damage-words.ts";
import type { Answer } from "./snapshot.ts";
import { openSnapshot } from "./snapshot.io.ts";

const LEAST_MEMORY_MIB = 64;

/**
 * `corral sql`: answers one SELECT over the views of a lake as a table, `--json` (a list of objects) or `--csv`. Nothing outside the lake can be
 * read, nothing written. Ctrl-C stops the query. Exit 3 when damaged files were left out.
 */
export function sqlCommand(judgements: Judgements): CommandRun {
  return async (args, options, terminal) => {
    const lake = resolve(terminal.cwd, neededOption(options, "lake"));
    const memoryMiB = memoryOption(textOption(options, "memory"));
    const snapshot = await openSnapshot(lake, judgements, { memoryMiB, stopped: terminal.stopped });
    try {
      const answer = await snapshot.ask(args.join(" "));
      await writerOf(options["json"] === true, options["csv"] === true)(answer, terminal);
      terminal.say(damageWords(snapshot.damaged));
      return snapshot.damaged.length === 0 ? EXIT.fine : EXIT.incomplete;
    } catch (error) {
      if (terminal.stopped.aborted) return EXIT.interrupted;
      throw error;
    } finally {
      await snapshot.close();
    }
  };
}

function memoryOption(text: string | null): number {
  if (text === null) return 1024;
  const mebibytes = /^[0-9]{1,7}$/u.test(text) ? Number(text) : 0;
  if (mebibytes >= LEAST_MEMORY_MIB) return mebibytes;
  throw new Complaint([{ place: "--memory", message: `${text}: not a number of MiB from ${LEAST_MEMORY_MIB}` }]);
}

type Writer = (answer: Answer, terminal: Terminal) => Promise<void>;

function writerOf(json: boolean, csv: boolean): Writer {
  if (json && csv) throw new Complaint([{ place: "--json, --csv", message: "only one of them" }]);
  if (json) return writeJson;
  return csv ? writeCsv : writeTable;
}

async function writeTable({ columns, batches }: Answer, terminal: Terminal): Promise<void> {
  let widths: readonly number[] | null = null;
  for await (const rows of batches) {
    const head = widths === null;
    widths ??= columnWidths(columns, rows);
    const fixed = widths;
    const text = rows.map((cells) => tableRow(cells, columns, fixed)).join("");
    await terminal.out(head ? `${tableHead(columns, fixed)}${text}` : text);
  }
  if (widths === null) await terminal.out(tableHead(columns, columnWidths(columns, [])));
}

async function writeCsv({ columns, batches }: Answer, terminal: Terminal): Promise<void> {
  await terminal.out(csvRow(columns.map(({ name }) => name)));
  for await (const rows of batches) await terminal.out(rows.map(csvRow).join(""));
}

async function writeJson({ columns, batches }: Answer, terminal: Terminal): Promise<void> {
  let before = "[\n";
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    await terminal.out(`${before}${rows.map((cells) => jsonRow(cells, columns)).join(",\n")}`);
    before = ",\n";
  }
  await terminal.out(before === "[\n" ? "[]\n" : "\n]\n");
}
