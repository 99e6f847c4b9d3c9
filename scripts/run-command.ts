import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

/** Longest time for one command, milliseconds: beyond it something hangs. */
const LIMIT_MS = 20 * 60_000;
const BIN = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));

/** What a command did. */
export interface Ran {
  /** Exit code; 1 if it was killed, 127 if it did not start. */
  readonly code: number;
  /** Standard output and standard error as they came. */
  readonly output: string;
  readonly stdout: string;
  readonly elapsedMs: number;
}

/** Runs a program with the repository's tools (Node among them) first on its PATH; never rejects. */
export function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const startedMs = performance.now();
  const env = { ...process.env, ...options.env, PATH: `${BIN}${delimiter}${process.env["PATH"] ?? ""}` };
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LIMIT_MS,
      killSignal: "SIGKILL",
    });
    const all: Buffer[] = [];
    const out: Buffer[] = [];
    const finish = (code: number): void => {
      const elapsedMs = performance.now() - startedMs;
      resolve({ code, output: Buffer.concat(all).toString(), stdout: Buffer.concat(out).toString(), elapsedMs });
    };
    child.stdout.on("data", (bytes: Buffer) => {
      out.push(bytes);
      all.push(bytes);
    });
    child.stderr.on("data", (bytes: Buffer) => all.push(bytes));
    child.once("error", (error) => {
      all.push(Buffer.from(`${program}: ${error.message}\n`));
      finish(127);
    });
    child.once("close", (code) => finish(code ?? 1));
  });
}
