import { processEvent } from "../../model/make-event.ts";
import type { InnerGrammar } from "./inner-grammar.ts";

const USER_END = " : ";
const PART_END = " ; ";
const COMMAND = "COMMAND=";
const LONGEST = 65_536;
const MOST_PARTS = 16;

/** Programs that somebody ran through sudo; refused ones were not run and tell nothing. */
export const SUDO_COMMAND: InnerGrammar = {
  id: "sudo-command",
  programs: ["sudo"],
  read({ source }) {
    return {
      message(text, { at, observer, unit }, row, sink) {
        const run = text.length > LONGEST ? null : commandOf(text);
        if (run === null) {
          sink.pass();
          return true;
        }
        const { command, user } = run;
        const space = command.indexOf(" ");
        const place = { source, line: row.line, offset: row.offset, text: row.text };
        sink.event(
          processEvent(
            { at, observer, product: "sudo", place },
            {
              executable: space === -1 ? command : command.slice(0, space),
              commandLine: command,
              parentExecutable: "sudo",
              user,
              unit,
            },
          ),
        );
        return true;
      },
      end: () => {},
    };
  },
};

/** Reads `alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/sbin/ufw disable`; a part without `=` is a refusal. */
function commandOf(text: string): { readonly command: string; readonly user: string | null } | null {
  const start = text.indexOf(USER_END);
  const at = text.indexOf(COMMAND, start + 1);
  if (start === -1 || at === -1) return null;
  const parts = text.slice(start + USER_END.length, at).split(PART_END, MOST_PARTS);
  const user = parts.find((part) => part.startsWith("USER="));
  if (parts.some((part) => part !== "" && !part.includes("="))) return null;
  const command = text.slice(at + COMMAND.length);
  return command === "" ? null : { command, user: user === undefined ? null : user.slice("USER=".length) };
}
