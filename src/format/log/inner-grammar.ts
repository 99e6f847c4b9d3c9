import type { LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";

/** What the log around a message tells of it: journald, syslog and Docker carry the lines of other programs. */
export interface Envelope {
  /** Milliseconds since 1970, UTC: when the outer log took the message. */
  readonly at: number;
  readonly observer: string | null;
  /** Name of the program without folder and number: `ollama`, `kernel`, `sudo`; `null` = not told, any grammar may try. */
  readonly program: string | null;
  /** systemd unit or container. */
  readonly unit: string | null;
  readonly pid: number | null;
  readonly executable: string | null;
}

/** Reads the messages of one kind inside of one file, from its first to its last. */
export interface InnerReader {
  /**
   * @param text - One line of the message, without the envelope.
   * @param row - The outer row: every event's place.
   * @returns Whether the message was of this kind (told, passed or rejected through the sink, exactly once); `false` = another grammar may try.
   */
  message(text: string, envelope: Envelope, row: LogRow, sink: LogSink): boolean;
  /** The file has ended. */
  end(sink: LogSink): void;
}

/** One way in which messages inside of journald, syslog and Docker logs are written. */
export interface InnerGrammar {
  readonly id: string;
  /** Programs whose messages it may try, in small letters (`kernel`); empty = those of any program, told apart by the text alone. */
  readonly programs: readonly string[];
  /** Its messages are told by the text alone, so it also reads what comes from nobody known: a container, whose output anybody may shape. */
  readonly anywhere?: true;
  read(setting: LogSetting): InnerReader;
}
