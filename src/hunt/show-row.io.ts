import { resolve } from "node:path";
import { readEvtxChunk } from "../format/log/evtx/evtx-chunk.ts";
import { openBytes } from "../machine/packed-bytes.io.ts";
import { peekBytes } from "../machine/peeked-bytes.io.ts";
import type { Terminal } from "../model/command.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { ExitCode } from "../model/complaint.ts";
import type { LogRow } from "../model/log-grammar.ts";
import { visibleText } from "../render/visible-text.ts";
import { EvtxCutter } from "./evtx-cutter.ts";
import { isEvtx } from "./is-evtx.ts";
import { RowCutter } from "./row-cutter.ts";

const PLACE = /^(.+):([1-9]\d{0,14})$/su;
const LONGEST_SHOWN = 1 << 20;

/** `corral hunt --show FILE:N`: prints one row of a log, or one record of a Windows event log, with nothing in it that steers a terminal. */
export async function showRow(place: string, names: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [, path, number] = PLACE.exec(place) ?? [];
  const problems = [
    ...(path === undefined ? [{ place: "--show", message: `${place}: not FILE:N, such as server.log:42` }] : []),
    ...(names.length > 0 ? [{ place: "--show", message: "stands alone: no LOG beside it" }] : []),
  ];
  if (path === undefined || problems.length > 0) throw new Complaint(problems, "corral hunt --help");
  const text = await rowText(resolve(terminal.cwd, path), Number(number), terminal);
  if (text === null) throw new Complaint([{ place: path, message: `has no row or record ${number}` }]);
  await terminal.out(`${visibleText(text, LONGEST_SHOWN)}\n`);
  return EXIT.fine;
}

async function rowText(path: string, number: number, terminal: Terminal): Promise<string | null> {
  const opened = await openBytes(path, { stdin: () => terminal.input(), anyName: true });
  const { head, source } = await peekBytes(opened, 8);
  const find = isEvtx(head) ? recordFinder(number) : rowFinder(number);
  for await (const chunk of source.chunks) {
    terminal.stopped.throwIfAborted();
    find.chunk(chunk);
    if (find.found() !== null) return find.found();
  }
  find.end();
  return find.found();
}

interface Finder {
  chunk(bytes: Uint8Array): void;
  end(): void;
  found(): string | null;
}

function rowFinder(number: number): Finder {
  const cutter = new RowCutter();
  let text: string | null = null;
  const see = (row: LogRow): void => {
    if (row.line === number) text ??= row.text;
  };
  const taker = { row: see, tooLong: see };
  return {
    chunk(bytes) {
      cutter.cut(bytes, taker);
    },
    end() {
      cutter.rest(taker);
    },
    found: () => text,
  };
}

function recordFinder(number: number): Finder {
  const cutter = new EvtxCutter();
  let text: string | null = null;
  const take = (chunk: Uint8Array): void => {
    for (const piece of readEvtxChunk(chunk)) {
      if (piece.kind === "record" && piece.record === number) text ??= JSON.stringify(piece.event);
    }
  };
  return {
    chunk(bytes) {
      cutter.cut(bytes, take);
    },
    end() {
      cutter.rest(take);
    },
    found: () => text,
  };
}
