import type { EventPlace } from "../../model/event.ts";
import type { LogGrammar, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import type { JsonObject } from "../bounded-value.ts";
import { isObject } from "../bounded-value.ts";
import { jsonElements } from "./json-elements.ts";

/** Reads the objects of one file. */
export interface ObjectReader {
  /** Tells what an object means: events, rejection or pass of its row. */
  object(object: JsonObject, row: LogRow, sink: LogSink): void;
  end(sink: LogSink): void;
  readonly zone: string | null;
}

/** A log whose rows are JSON objects. */
export interface JsonLog {
  readonly id: string;
  readonly title: string;
  readonly product: string;
  /** Fields that hold the log's objects when a file is one whole document. */
  readonly lists: readonly string[];
  /** Words that stand in the first rows of a document whose first object is longer than they are. */
  readonly signs: readonly string[];
  /** Whether an object is one of this log. */
  isMine(object: JsonObject): boolean;
  read(setting: LogSetting): ObjectReader;
}

/** How sure a document is whose first object is longer than the rows looked at. */
const SURE_BY_SIGNS = 0.9;

/** The grammar of a log of JSON objects: one a row, over many rows, or in a list. */
export function jsonGrammar(log: JsonLog): LogGrammar {
  return {
    id: log.id,
    title: log.title,
    product: log.product,
    recognise: (rows) => recognise(log, rows),
    read(setting) {
      const elements = jsonElements(log.lists);
      const reader = log.read(setting);
      let into: LogSink | null = null;
      const taker = {
        element(value: unknown, row: LogRow): void {
          if (into === null) return;
          if (isObject(value) && log.isMine(value)) reader.object(value, row, into);
          else into.reject(row, "not-of-this-log");
        },
        broken(row: LogRow, reason: string): void {
          into?.reject(row, reason);
        },
      };
      return {
        row(row, sink) {
          into = sink;
          elements.row(row, taker);
        },
        end(sink) {
          into = sink;
          elements.end(taker);
          reader.end(sink);
        },
        get zone() {
          return reader.zone;
        },
      };
    },
  };
}

function recognise(log: JsonLog, rows: readonly string[]): number {
  const elements = jsonElements(log.lists);
  let mine = 0;
  let others = 0;
  const taker = {
    element(value: unknown): void {
      if (isObject(value) && log.isMine(value)) mine += 1;
      else others += 1;
    },
    broken(): void {
      others += 1;
    },
  };
  for (const [index, text] of rows.entries())
    if (text !== "") elements.row({ line: index + 1, offset: 0, text }, taker);
  if (mine > 0) return mine / (mine + others);
  const pending = elements.pending();
  return others === 0 && log.signs.some((sign) => pending.includes(sign)) ? SURE_BY_SIGNS : 0;
}

/** Where an object stands. */
export function placeOf(source: number, row: LogRow): EventPlace {
  return { source, line: row.line, offset: row.offset, text: row.text };
}
