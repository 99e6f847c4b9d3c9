import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TrailVerdict } from "../../../src/gateway/record/verify-trail.ts";

const WRITER = fileURLToPath(new URL("./record-writer.ts", import.meta.url));

/** What the writer says back. */
export interface WriterWords {
  readonly story?: readonly string[];
  readonly pid?: number;
  readonly durable?: number;
  readonly whole?: boolean;
  readonly synced?: boolean;
  readonly available?: boolean;
  readonly pending?: number;
  readonly rows?: number;
  readonly verdict?: TrailVerdict;
  readonly gaps?: readonly { readonly rows: number }[];
  readonly turns?: readonly (string | null)[];
}

/** A record's process and what it said so far. */
export interface Writer {
  readonly process: ChildProcess;
  readonly told: readonly WriterWords[];
  readonly complaints: () => string;
  /** Sends a command and resolves with the next line back. */
  ask(command: string): Promise<WriterWords>;
  send(command: string): void;
  /** Resolves when a line fits. */
  until(fits: (words: WriterWords) => boolean): Promise<WriterWords>;
  kill(): Promise<void>;
}

/** Starts a writer; `wrap` are the words before it (a shell with limits, a namespace). */
export function startWriter(state: string, wrap: readonly string[] = [], mostPending = 1_000_000): Writer {
  const [program, ...args] = [...wrap, process.execPath, WRITER, state, String(mostPending)];
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const told: WriterWords[] = [];
  const waiting = new Set<(words: WriterWords) => void>();
  let said = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    const words = JSON.parse(line) as WriterWords;
    told.push(words);
    for (const wake of waiting) wake(words);
  });
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const next = (fits: (words: WriterWords) => boolean): Promise<WriterWords> =>
    new Promise((resolve, reject) => {
      const wake = (words: WriterWords): void => {
        if (!fits(words)) return;
        waiting.delete(wake);
        resolve(words);
      };
      waiting.add(wake);
      void ended.then(() => reject(new Error(`the writer ended: ${said}`)));
    });
  const send = (command: string): void => void child.stdin.write(`${command}\n`);
  return {
    process: child,
    told,
    complaints: () => said,
    send,
    until: async (fits) => told.find(fits) ?? (await next(fits)),
    ask: (command) => {
      const answer = next(() => true);
      send(command);
      return answer;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
