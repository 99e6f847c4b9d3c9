import type { ArgumentRow, CommandRow, OptionRow } from "./command-row.ts";
import { COMMON_OPTIONS } from "./parse-command.ts";

const EXIT_LINES = [
  ["0", "fine"],
  ["1", "findings at or above --fail-on"],
  ["2", "usage or configuration"],
  ["3", "finished but incomplete: says what is missing"],
  ["130", "interrupted: state kept"],
] as const;

/** `corral --help`: one line a command. */
export function overview(rows: readonly CommandRow[]): string {
  return [
    "Corral finds self-hosted model servers that stand open, shows what they expose, and closes them.",
    "It asks only what a scope file names; it never runs a model it found and never tries a credential.",
    "",
    "Usage: corral COMMAND [ARGUMENT …] [--option …]",
    "",
    "Commands:",
    ...columns(rows.map((row) => [row.name, row.summary])),
    "",
    "Exit codes:",
    ...columns(EXIT_LINES),
    "",
    "corral COMMAND --help shows arguments, options and examples.",
    "",
  ].join("\n");
}

/** `corral GROUP --help`: the commands whose names begin with that word or those words. */
export function groupHelp(name: string, rows: readonly CommandRow[]): string {
  return [
    `corral ${name}: ${rows.length} ${rows.length === 1 ? "command" : "commands"}`,
    "",
    ...columns(rows.map((row) => [row.name, row.summary])),
    "",
    "corral COMMAND --help shows arguments, options and examples.",
    "",
  ].join("\n");
}

/** `corral COMMAND --help`; `below` = commands whose names begin with its own. */
export function commandHelp(row: CommandRow, below: readonly CommandRow[]): string {
  const options = { ...row.options, ...COMMON_OPTIONS };
  return [
    `corral ${row.name}: ${row.summary}`,
    "",
    `Usage: ${usage(row)}`,
    ...(row.about.length > 0 ? ["", ...row.about] : []),
    ...(row.args.length > 0 ? ["", "Arguments:", ...columns(row.args.map((arg) => [arg.name, arg.describe]))] : []),
    "",
    "Options:",
    ...columns(Object.entries(options).map(([name, option]) => [spelled(name, option), option.describe])),
    ...(row.examples.length > 0
      ? ["", "Examples:", ...row.examples.flatMap(({ line, tells }) => [`  # ${tells}`, `  ${line}`])]
      : []),
    ...(below.length > 0 ? ["", "Commands below it:", ...columns(below.map((one) => [one.name, one.summary]))] : []),
    "",
  ].join("\n");
}

/** `corral import FORMAT FILE… --lake DIR [--json]`. */
export function usage(row: CommandRow): string {
  const options = Object.entries(row.options).map(([name, option]) =>
    option.required === true ? spelled(name, option) : `[${spelled(name, option)}]`,
  );
  return ["corral", row.name, ...row.args.map(argument), ...options].join(" ");
}

function argument(arg: ArgumentRow): string {
  const word = arg.many === true ? `${arg.name}…` : arg.name;
  return arg.required ? word : `[${word}]`;
}

function spelled(name: string, option: OptionRow): string {
  return option.value === undefined ? `--${name}` : `--${name} ${option.value}`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
