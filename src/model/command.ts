import type { ExitCode } from "./complaint.ts";

/** What a command may do to the world of words: arguments in, data and words out. */
export interface Terminal {
  /** The folder the user stands in (`INIT_CWD` under `npm run`); relative paths resolve against it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether stderr is a terminal: a moving progress line; else one line a minute. */
  readonly interactive: boolean;
  /** Whether colour may be used (`NO_COLOR`, `--no-color`, no terminal: no). */
  readonly color: boolean;
  /** Aborted on the first SIGINT or SIGTERM. */
  readonly stopped: AbortSignal;
  /** Writes data; resolves when the reader took it. */
  out(text: string): Promise<void>;
  /** Writes words to stderr, as lines of their own; nothing for an empty text. */
  say(text: string): void;
  /** Standard input as bytes. */
  input(): AsyncIterable<Uint8Array>;
}

/** Option values as parsed from the command table: strings, flags and repeated strings. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** One command's work: what `load` of its row in the command table returns. */
export type CommandRun = (args: readonly string[], options: OptionValues, terminal: Terminal) => Promise<ExitCode>;
