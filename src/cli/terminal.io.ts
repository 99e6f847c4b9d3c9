import process from "node:process";
import type { Terminal } from "../model/command.ts";

/** The real terminal. A second SIGINT ends the process at once, as people expect. */
export function processTerminal(color: boolean): Terminal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  // A reader such as `head` that went away is not an error of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  return {
    cwd: process.env["INIT_CWD"] ?? process.cwd(),
    env: process.env,
    interactive: process.stderr.isTTY,
    color: color && process.stderr.isTTY && (process.env["NO_COLOR"] ?? "") === "",
    stopped: controller.signal,
    out: (text) =>
      new Promise((resolve, reject) => {
        process.stdout.write(text, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    say: (text) => {
      const line = text.trimEnd();
      if (line !== "") process.stderr.write(`${line}\n`);
    },
    input: () => process.stdin as AsyncIterable<Uint8Array>,
  };
}
