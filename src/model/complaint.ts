/** Exit codes of every command; documented in `docs/reference/commands.md`. */
export const EXIT = {
  fine: 0,
  findings: 1,
  usage: 2,
  incomplete: 3,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One thing wrong in what the user gave: where, what, and what to do. */
export interface Problem {
  /** `scope.yaml:12:3 limits.rate`, `--lake`, `sample.jsonl:17`; empty when there is no place. */
  readonly place: string;
  readonly message: string;
}

/**
 * The user's mistake or a limit of the world, told without a stack trace: every problem at once, then one hint.
 * Any other thrown value is a bug of Corral.
 */
export class Complaint extends Error {
  readonly problems: readonly Problem[];
  readonly hint: string | null;
  readonly exitCode: ExitCode;

  constructor(problems: readonly Problem[] | string, hint: string | null = null, exitCode: ExitCode = EXIT.usage) {
    const list = typeof problems === "string" ? [{ place: "", message: problems }] : problems;
    super(list.map((one) => (one.place === "" ? one.message : `${one.place}: ${one.message}`)).join("\n"));
    this.name = "Complaint";
    this.problems = list;
    this.hint = hint;
    this.exitCode = exitCode;
  }
}
