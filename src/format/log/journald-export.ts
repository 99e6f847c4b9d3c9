import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { dispatch } from "./dispatch.ts";
import { tellEntry } from "./journald-json.ts";

const CURSOR = "__CURSOR=";
const PAIR = /^[A-Z_][A-Z\d_]{0,63}=/u;
const NAME = /^[A-Z_][A-Z\d_]{0,63}$/u;
/** Bytes of the length before a binary value. */
const LENGTH_BYTES = 8;
const LAST_PLAIN = 0x7f;
const MOST_FIELDS = 512;
const LONGEST_VALUE = 1 << 20;

/**
 * `journalctl -o export`: rows `FIELD=value`, an empty row after each entry. A value that is not plain text stands as `FIELD`, eight bytes of length and the
 * bytes. Rows come here as text, so a length of which a byte is above 127 cannot be known: then the value ends where the next field
 * begins.
 */
export const JOURNALD_EXPORT: LogGrammar = {
  id: "journald-export",
  title: "journald entries as exported",
  product: "journald",
  recognise(rows) {
    const fields = rows.filter((row) => PAIR.test(row)).length;
    return rows.some((row) => row.startsWith(CURSOR))
      ? fields / Math.max(1, rows.filter((row) => row !== "").length)
      : 0;
  },
  read: (setting) => new ExportReader(setting),
};

/** A binary value that has begun. */
interface Binary {
  readonly name: string;
  readonly row: LogRow;
  /** Bytes of the length that are still to come. */
  lengthLeft: number;
  /** Told by the length so far; NaN = it cannot be known. */
  size: number;
  text: string;
}

/** Reads one file; owns the entry that has begun. */
class ExportReader implements LogReader {
  readonly zone = null;
  readonly #dispatch;
  #entry: Record<string, string> = {};
  #count = 0;
  #place: LogRow | null = null;
  #binary: Binary | null = null;

  constructor(setting: LogSetting) {
    this.#dispatch = dispatch(setting);
  }

  row(row: LogRow, sink: LogSink): void {
    if (this.#binary !== null && this.#takeBinary(this.#binary, row)) return sink.pass();
    const { text } = row;
    if (text === "") return this.#tell(row, sink);
    const equals = text.indexOf("=");
    if (PAIR.test(text)) {
      this.#set(text.slice(0, equals), text.slice(equals + 1), row);
      sink.pass();
    } else if (NAME.test(text)) {
      this.#binary = { name: text, row, lengthLeft: LENGTH_BYTES, size: 0, text: "" };
      sink.pass();
    } else sink.reject(row, "not-of-this-log");
  }

  end(sink: LogSink): void {
    if (this.#binary !== null) this.#closeBinary(this.#binary);
    if (this.#count > 0 && this.#place !== null) this.#tell(this.#place, sink);
    this.#dispatch.end(sink);
  }

  #set(name: string, value: string, row: LogRow): void {
    if (this.#count >= MOST_FIELDS) return;
    this.#count += 1;
    this.#entry[name] = value;
    if (name === "MESSAGE" || this.#place === null) this.#place = row;
  }

  #tell(row: LogRow, sink: LogSink): void {
    const entry = this.#entry;
    const place = this.#place;
    this.#entry = {};
    this.#place = null;
    if (this.#count === 0) sink.pass();
    else tellEntry(entry, place ?? row, this.#dispatch, sink);
    this.#count = 0;
  }

  /** Whether the row belongs to the value. */
  #takeBinary(binary: Binary, row: LogRow): boolean {
    const { text } = row;
    if (binary.lengthLeft > 0) return this.#takeLength(binary, text);
    const isOver = Number.isNaN(binary.size)
      ? text === "" || PAIR.test(text) || NAME.test(text)
      : binary.text.length >= binary.size;
    if (isOver) {
      this.#closeBinary(binary);
      return false;
    }
    if (binary.text.length < LONGEST_VALUE) binary.text += `\n${text}`;
    return true;
  }

  /** A byte of the length that is a line feed has ended the row before; it counts. */
  #takeLength(binary: Binary, text: string): boolean {
    const digits = Math.min(binary.lengthLeft, text.length);
    for (let at = 0; at < digits; at += 1) this.#addDigit(binary, text.charCodeAt(at));
    if (binary.lengthLeft > 0) this.#addDigit(binary, 10);
    else binary.text = text.slice(digits);
    return true;
  }

  #addDigit(binary: Binary, code: number): void {
    const scale = 256 ** (LENGTH_BYTES - binary.lengthLeft);
    binary.size = code > LAST_PLAIN ? Number.NaN : binary.size + code * scale;
    binary.lengthLeft -= 1;
  }

  #closeBinary(binary: Binary): void {
    this.#binary = null;
    this.#set(binary.name, binary.text, binary.row);
  }
}
