import type { LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import type { Envelope, InnerGrammar, InnerReader } from "./inner-grammar.ts";
import { INNER_GRAMMARS } from "./inner-grammars.ts";

/** Lines of one message that are read; more are passed over. */
const MOST_LINES = 4096;

/** Hands the messages that one log carries for other programs to their grammars. */
export interface Dispatch {
  /** Tells what a message means: event, rejection or pass of its row, at least one of them. It may have several lines. */
  message(text: string, envelope: Envelope, row: LogRow, sink: LogSink): void;
  /** The file has ended. */
  end(sink: LogSink): void;
}

/** Makes the readers of one file; each program's messages keep theirs, and the one that read the last message is asked first. */
export function dispatch(setting: LogSetting): Dispatch {
  const readers = INNER_GRAMMARS.map((grammar) => ({ grammar, reader: grammar.read(setting) }));
  const readersFor = (isAsked: (grammar: InnerGrammar) => boolean): InnerReader[] =>
    readers.filter(({ grammar }) => isAsked(grammar)).map(({ reader }) => reader);
  const nobody = readersFor(({ anywhere }) => anywhere === true);
  const strangers = readersFor(({ programs }) => programs.length === 0);
  const known = new Map<string, InnerReader[]>();
  for (const name of new Set(INNER_GRAMMARS.flatMap(({ programs }) => programs)))
    known.set(
      name,
      readersFor(({ programs }) => programs.length === 0 || programs.includes(name)),
    );

  const line = (text: string, envelope: Envelope, row: LogRow, sink: LogSink): void => {
    const { program } = envelope;
    const asked = program === null ? nobody : (known.get(program) ?? strangers);
    for (const [index, reader] of asked.entries()) {
      if (!reader.message(text, envelope, row, sink)) continue;
      if (index > 0) asked.unshift(...asked.splice(index, 1));
      return;
    }
    sink.pass();
  };

  return {
    message(text, envelope, row, sink) {
      if (!text.includes("\n")) return line(text, envelope, row, sink);
      const counted = quietSink(sink);
      for (const part of text.split("\n", MOST_LINES)) if (part !== "") line(part, envelope, row, counted);
      if (!counted.told()) sink.pass();
    },
    end(sink) {
      for (const { reader } of readers) reader.end(sink);
    },
  };
}

/** Passes on events and rejections, keeps passes back: the row is passed once at most, however many lines it has. */
function quietSink(sink: LogSink): LogSink & { told(): boolean } {
  let told = false;
  return {
    event(event) {
      told = true;
      sink.event(event);
    },
    reject(row, reason) {
      told = true;
      sink.reject(row, reason);
    },
    pass: () => {},
    told: () => told,
  };
}
