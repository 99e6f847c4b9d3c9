import type { ControlEvent } from "../../model/event.ts";
import { controlEvent } from "../../model/make-event.ts";
import { guardedUnit } from "./guarded-units.ts";
import type { InnerGrammar } from "./inner-grammar.ts";

type Action = ControlEvent["action"];

/** First words of what systemd says of a unit that has come to the end of a job. */
const VERBS: Readonly<Record<string, Action>> = { Started: "started", Stopped: "stopped", Finished: "started" };
const UNIT = /^([\w@:.-]{1,128}\.service)(?: - (.{0,256}))?\.?$/u;
const STATE = /^([\w@:.-]{1,128}\.service): Failed with result/u;
const LONGEST = 1024;

/** What the service manager says of units that guard, record or serve: `Stopped auditd.service - Security Auditing Service.` */
export const SYSTEMD_UNITS: InnerGrammar = {
  id: "systemd-units",
  programs: ["systemd"],
  read({ source }) {
    return {
      message(text, { at, observer, unit }, row, sink) {
        const found = text.length > LONGEST ? null : unitChange(text, unit);
        if (found === null) sink.pass();
        else {
          const place = { source, line: row.line, offset: row.offset, text: row.text };
          sink.event(controlEvent({ at, observer, product: "systemd", place }, found));
        }
        return true;
      },
      end: () => {},
    };
  },
};

/** @param unit - The unit that journald says the message is about. */
function unitChange(text: string, unit: string | null): Pick<ControlEvent, "control" | "action" | "name"> | null {
  const state = STATE.exec(text);
  if (state !== null) {
    const guarded = guardedUnit(state[1] ?? "", "");
    return guarded === null ? null : { control: guarded.control, action: "failed", name: `${guarded.name}.service` };
  }
  const space = text.indexOf(" ");
  const verb = text.slice(0, Math.max(space, 0));
  if (!Object.hasOwn(VERBS, verb)) return null;
  const action = VERBS[verb];
  const rest = text.slice(space + 1);
  const named = UNIT.exec(rest);
  const guarded = guardedUnit(named?.[1] ?? unit, rest.endsWith(".") ? rest.slice(0, -1) : rest);
  return guarded === null || action === undefined
    ? null
    : { control: guarded.control, action, name: `${guarded.name}.service` };
}
