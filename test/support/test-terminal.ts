import type { Terminal } from "../../src/model/command.ts";

/** A terminal that nobody sits at, and what was written to it so far. */
export interface TestTerminal extends Terminal {
  readonly written: { out: string; said: string };
}

/** Makes a terminal in a folder that keeps what a command prints and says. */
export function testTerminal(cwd: string, stopped: AbortSignal = new AbortController().signal): TestTerminal {
  const written = { out: "", said: "" };
  return {
    cwd,
    env: {},
    interactive: false,
    color: false,
    stopped,
    written,
    out: (text) => {
      written.out += text;
      return Promise.resolve();
    },
    say: (text) => {
      written.said += `${text}\n`;
    },
    input: async function* () {},
  };
}
