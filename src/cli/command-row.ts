import type { CommandRun } from "../model/command.ts";

/** One option of a command, as typed: `--name VALUE` or a flag. */
export interface OptionRow {
  /** Placeholder of the value in help (`FILE`); absent = a flag. */
  readonly value?: string;
  readonly describe: string;
  readonly multiple?: boolean;
  readonly required?: boolean;
}

/** One positional argument. */
export interface ArgumentRow {
  readonly name: string;
  readonly describe: string;
  readonly required: boolean;
  readonly many?: boolean;
}

/** One command: everything that help, the reference and the parser need; its code is loaded only when it runs. */
export interface CommandRow {
  /** `survey`, or up to three words: `scope check`, `gateway key add`. */
  readonly name: string;
  readonly summary: string;
  /** Longer words under the summary: what it does, what it never does. */
  readonly about: readonly string[];
  readonly args: readonly ArgumentRow[];
  readonly options: Readonly<Record<string, OptionRow>>;
  readonly examples: readonly { readonly line: string; readonly tells: string }[];
  readonly load: () => Promise<CommandRun>;
}
