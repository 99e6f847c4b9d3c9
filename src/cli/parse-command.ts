import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import type { OptionValues } from "../model/command.ts";
import { Complaint, type Problem } from "../model/complaint.ts";
import { nearestWord } from "../model/nearest-word.ts";
import type { CommandRow, OptionRow } from "./command-row.ts";

/** Options that every command knows. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionRow>> = {
  help: { describe: "show this help" },
  "no-color": { describe: "no colour, as with NO_COLOR=1" },
};

export interface ParsedCommand {
  readonly args: readonly string[];
  readonly options: OptionValues;
}

/** Splits the words after a command's name into arguments and options; throws a {@link Complaint} with every problem at once. */
export function parseCommand(row: CommandRow, words: readonly string[]): ParsedCommand {
  const known = { ...row.options, ...COMMON_OPTIONS };
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: configOf(known),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  if (values["help"] === true) return { args: positionals, options: values };
  const problems: Problem[] = [];
  const counts = new Map<string, number>();
  for (const token of tokens) {
    if (token.kind === "option") {
      counts.set(token.name, (counts.get(token.name) ?? 0) + 1);
      problems.push(...optionProblems(token, known, counts));
    }
  }
  // The word after an unknown option may be its value: counting words would blame the wrong one.
  const isCountable = tokens.every((token) => token.kind !== "option" || Object.hasOwn(known, token.name));
  problems.push(...missing(row, values), ...(isCountable ? argumentProblems(row, positionals) : []));
  if (problems.length > 0) throw new Complaint(problems, `corral ${row.name} --help`);
  return { args: positionals, options: values };
}

function configOf(rows: Readonly<Record<string, OptionRow>>): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [
      name,
      {
        type: row.value === undefined ? "boolean" : "string",
        multiple: row.multiple ?? false,
        ...(name === "help" ? { short: "h" } : {}),
      },
    ]),
  );
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

function optionProblems(
  token: OptionToken,
  known: Readonly<Record<string, OptionRow>>,
  counts: ReadonlyMap<string, number>,
): Problem[] {
  const row = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
  if (row === undefined) {
    const near = nearestWord(token.name, Object.keys(known));
    return [{ place: token.rawName, message: `no such option${near === null ? "" : `; did you mean --${near}?`}` }];
  }
  if (row.value === undefined && token.value !== undefined) {
    return [{ place: token.rawName, message: "takes no value" }];
  }
  if (row.value !== undefined && (token.value === undefined || token.value === "")) {
    return [{ place: token.rawName, message: `needs a value: ${token.rawName} ${row.value}` }];
  }
  if (row.multiple !== true && counts.get(token.name) === 2) {
    return [{ place: token.rawName, message: "given more than once" }];
  }
  return [];
}

function missing(row: CommandRow, values: Readonly<Record<string, unknown>>): Problem[] {
  return Object.entries(row.options)
    .filter(([name, option]) => option.required === true && values[name] === undefined)
    .map(([name, option]) => ({
      place: `--${name}`,
      message: `is required: --${name} ${option.value ?? ""}`.trimEnd(),
    }));
}

function argumentProblems(row: CommandRow, given: readonly string[]): Problem[] {
  const problems = row.args
    .filter((arg, index) => arg.required && given[index] === undefined)
    .map((arg) => ({ place: arg.name, message: `is required: ${arg.describe}` }));
  const unlimited = row.args.some((arg) => arg.many === true);
  const surplus = unlimited ? [] : given.slice(row.args.length);
  return [
    ...problems,
    ...surplus.map((word) => ({ place: JSON.stringify(word), message: "is one argument too many" })),
  ];
}
