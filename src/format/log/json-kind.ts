import type { HttpEvent, LogEvent } from "../../model/event.ts";
import type { LogSetting } from "../../model/log-grammar.ts";
import type { EventHead } from "../../model/make-event.ts";
import { type JsonObject, isObject } from "../bounded-value.ts";
import type { LineKind } from "./line-kind.ts";

const OPEN_OBJECT = 123;

/** What an object of a row means: an event, nothing that is asked for, or none of this log. */
export type ObjectMeaning = LogEvent | "pass" | "not-mine";

/** A log whose every row is one JSON object. */
export interface JsonKind {
  readonly id: string;
  readonly title: string;
  readonly product: string;
  readonly programs: readonly string[];
  /** Pieces of text of which a row holds all: rows of other logs are not parsed. */
  readonly marks: readonly string[];
  /** Makes the reader of one file's objects. */
  meaning(): (object: JsonObject, head: Omit<EventHead, "at" | "product">) => ObjectMeaning;
}

/** What an http event needs beside its head. */
export type HttpFields = Partial<HttpEvent> & Pick<HttpEvent, "method" | "path">;

/** The log as a kind of lines. */
export function jsonLines(kind: JsonKind): LineKind {
  const { id, title, product, programs } = kind;
  // Some that hand logs on write a space behind each colon.
  const marks = kind.marks.map((mark) => [mark, mark.replace('":', '": ')] as const);
  const teller: LineKind["teller"] = ({ source }: LogSetting) => {
    const meaning = kind.meaning();
    return {
      tell(text, observer, row, sink) {
        if (text.charCodeAt(0) !== OPEN_OBJECT || !marks.every((ways) => ways.some((way) => text.includes(way))))
          return false;
        const object = parsed(text);
        if (object === null) {
          sink.reject(row, "broken-json");
          return true;
        }
        const place = { source, line: row.line, offset: row.offset, text: row.text };
        const meant = meaning(object, { observer, place });
        if (meant === "not-mine") return false;
        if (meant === "pass") sink.pass();
        else sink.event(meant);
        return true;
      },
    };
  };
  return { id, title, product, programs, teller };
}

/** The object that a row is; `null` when it is none. */
export function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
