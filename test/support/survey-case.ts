import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Complaint } from "../../src/model/complaint.ts";
import type { OptionValues, Terminal } from "../../src/model/command.ts";
import type { RequestEntry } from "../../src/model/request-entry.ts";
import type { Run } from "../../src/model/run.ts";
import type { Limits } from "../../src/model/scope.ts";
import { runSurvey } from "../../src/survey/survey-command.io.ts";

/** What a case puts into its scope file; the rest is an own scope on loopback. */
export interface ScopeSays {
  readonly prefixes: readonly string[];
  readonly ports: readonly number[];
  readonly optOut?: readonly string[];
  readonly exclude?: readonly string[];
  readonly ownSpecial?: readonly string[];
  readonly depth?: "metadata" | "cards";
  readonly prompts?: "class" | "text";
  readonly limits?: Partial<Limits>;
}

/** One run of the command inside this process. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: string;
  /** The run's row, with `--json`. */
  readonly run: Run | null;
}

/** A folder with a scope file and a lake, gone afterwards. */
export interface SurveyCase {
  readonly folder: string;
  write(name: string, text: string): void;
  survey(options?: OptionValues, input?: string): Promise<Ran>;
  /** Starts the command as a process of its own; with `FILE_BLOCKS` no file of it may grow beyond so many blocks of 512 bytes. */
  start(args?: readonly string[], env?: Readonly<Record<string, string>>): SurveyProcess;
  /** Every line of the request log, oldest first. */
  requests(): readonly RequestEntry[];
  end(): void;
}

/** The command as a process. */
export interface SurveyProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly out: string;
    readonly said: string;
  }>;
}

/** Makes the folder and writes its scope. */
export function surveyCase(says: ScopeSays): SurveyCase {
  const folder = mkdtempSync(join(tmpdir(), "corral-survey-"));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write("scope.yaml", scopeText(says));
  return {
    folder,
    write,
    survey: (options = {}, input = "") => surveyHere(folder, options, input),
    start: (args = [], env = {}) => startSurvey(folder, args, env),
    requests: () => linesIn(join(folder, "lake", "log")),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function scopeText({
  prefixes,
  ports,
  optOut = [],
  exclude = [],
  ownSpecial = ["127.0.0.0/8"],
  depth = "metadata",
  prompts = "class",
  limits = {},
}: ScopeSays): string {
  const roomy = { rate: 1000, perHost: 500, perNetwork: 1000, inFlight: 500, rescanHours: 0 };
  const scope = {
    name: "farm",
    operator: { name: "Test", contact: "test@example.org" },
    basis: "own",
    authority: { allowedBy: "Test", since: "2020-01-01", until: "2999-12-31" },
    prefixes,
    ports,
    exclude,
    optOut: optOut.map((who) => ({ who, since: "2026-01-01" })),
    ownSpecial,
    vantage: "same-host",
    depth,
    prompts,
    limits: { ...roomy, ...limits },
  };
  return JSON.stringify(scope, null, 1);
}

async function surveyHere(folder: string, options: OptionValues, input: string): Promise<Ran> {
  let out = "";
  const said: string[] = [];
  const terminal: Terminal = {
    cwd: folder,
    env: {},
    interactive: false,
    color: false,
    stopped: new AbortController().signal,
    out: (text) => {
      out += text;
      return Promise.resolve();
    },
    say: (text) => said.push(text),
    input: async function* () {
      yield await Promise.resolve(new TextEncoder().encode(input));
    },
  };
  const values = { scope: "scope.yaml", lake: "lake", json: true, ...options };
  try {
    const code = await runSurvey([], values, terminal);
    const run = out.startsWith('{"kind":"run"') ? (JSON.parse(out) as Run) : null;
    return { code, out, said: said.join("\n"), run };
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    return { code: error.exitCode, out, said: [...said, error.message, error.hint].join("\n"), run: null };
  }
}

function startSurvey(folder: string, args: readonly string[], env: Readonly<Record<string, string>>): SurveyProcess {
  const preload = import.meta.resolve("./blocked-loop.ts");
  const corral = join(import.meta.dirname, "../../bin/corral.js");
  const command = ["--import", preload, corral, "survey", "--scope", "scope.yaml", "--lake", "lake"];
  const limit = `ulimit -f ${env["FILE_BLOCKS"] ?? "unlimited"}; exec "$0" "$@"`;
  const child = spawn("sh", ["-c", limit, process.execPath, ...command, ...args], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<Awaited<SurveyProcess["ended"]>>((resolve) => {
    child.on("close", (code, signal) => {
      resolve({ code, signal, out, said });
    });
  });
  return { child, ended };
}

/** Whole lines of every file of a folder; a line cut short by a kill is none. */
function linesIn(folder: string): RequestEntry[] {
  const files = readdirSync(folder).toSorted();
  const lines = files.flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n").slice(0, -1));
  return lines.map((line) => JSON.parse(line) as RequestEntry).toSorted((a, b) => (a.sent_at < b.sent_at ? -1 : 1));
}
