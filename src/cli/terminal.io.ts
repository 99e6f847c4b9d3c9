import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Terminal } from "../model/command.ts";

/** Where `npm run` of this package stands, whatever folder the user stood in. */
const PACKAGE_FOLDER = fileURLToPath(new URL("../../", import.meta.url)).replace(/[/\\]$/u, "");

/** The user's folder: `npm run` moves to the package's own and leaves the user's in `INIT_CWD`; elsewhere that may be another npm's. */
function userFolder(): string {
  const here = process.cwd();
  return here === PACKAGE_FOLDER ? (process.env["INIT_CWD"] ?? here) : here;
}

/** The real terminal. A second SIGINT ends the process at once, as people expect. */
export function processTerminal(color: boolean): Terminal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  // A reader such as `head` that went away is not an error of ours; any other error rejects the write it belongs to.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
  });
  // Nobody reads the words any more: the work goes on.
  process.stderr.on("error", () => null);
  return {
    cwd: userFolder(),
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
