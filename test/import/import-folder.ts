import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { FileReport } from "../../src/intake/file-report.ts";
import { runImport } from "../../src/intake/import-command.io.ts";
import type { Terminal } from "../../src/model/command.ts";
import { Complaint } from "../../src/model/complaint.ts";
import { LINE_EXAMPLE } from "../../src/model/line-example.ts";
import type { Observation } from "../../src/model/observation.ts";

/** How an import ended: its exit code, what it said on stderr, its complaint, its `--json`. */
export interface Ended {
  readonly exit: number;
  readonly said: string;
  readonly errors: string;
  readonly files: readonly FileReport[];
}

/** A folder in which `corral import … --lake lake --json` runs. */
export interface ImportFolder {
  readonly path: string;
  /** Writes a file and gives its name. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  run(args: readonly string[], options?: object, input?: string | Uint8Array, stopped?: AbortSignal): Promise<Ended>;
  remove(): Promise<void>;
}

/** Makes a new one. */
export async function importFolder(): Promise<ImportFolder> {
  const path = await mkdtemp(join(tmpdir(), "corral-import-"));
  return {
    path,
    async file(name, content) {
      await writeFile(join(path, name), content);
      return name;
    },
    async run(args, options = {}, input = "", stopped = new AbortController().signal) {
      const texts = { out: "", said: "" };
      const terminal = terminalOf(path, texts, input, stopped);
      try {
        const exit = await runImport(args, { lake: "lake", json: true, ...options }, terminal);
        return { exit, said: texts.said, errors: "", files: reportsIn(texts.out) };
      } catch (error) {
        if (!(error instanceof Complaint)) throw error;
        return { exit: error.exitCode, said: texts.said, errors: error.message, files: reportsIn(texts.out) };
      }
    },
    remove: () => rm(path, { recursive: true }),
  };
}

/** What a pipe gives at a time. */
const PIPE_BYTES = 65_536;

function piecesOf(input: Buffer): readonly Buffer[] {
  const pieces = Math.ceil(input.length / PIPE_BYTES);
  return Array.from({ length: pieces }, (_, at) => input.subarray(at * PIPE_BYTES, (at + 1) * PIPE_BYTES));
}

function terminalOf(
  cwd: string,
  texts: { out: string; said: string },
  input: string | Uint8Array,
  stopped: AbortSignal,
): Terminal {
  return {
    cwd,
    env: {},
    interactive: false,
    color: false,
    stopped,
    out(text) {
      texts.out += text;
      return Promise.resolve();
    },
    say: (text) => {
      texts.said += `${text}\n`;
    },
    input: () => Readable.from(piecesOf(Buffer.from(input))),
  };
}

function reportsIn(out: string): readonly FileReport[] {
  return out === "" ? [] : (JSON.parse(out) as { files: FileReport[] }).files;
}

/** The sample line at a second of one hour, with changes. */
export function line(second: number, change: object = {}): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const seen = `2026-01-10T03:${two(Math.floor(second / 60))}:${two(second % 60)}.000Z`;
  return JSON.stringify({ ...LINE_EXAMPLE, seen_at: seen, ...change } satisfies Observation);
}

/** That many different lines. */
export function lines(count: number): string {
  return Array.from({ length: count }, (_, second) => `${line(second)}\n`).join("");
}

/** The rows of a report's rejects file. */
export async function rejectsOf(report: FileReport | undefined): Promise<unknown[]> {
  const text = await readFile(report?.rejects_file ?? "", "utf8");
  const rows = text.trimEnd().split("\n");
  return rows.map((row) => JSON.parse(row) as unknown);
}
