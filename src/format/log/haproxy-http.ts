import type { LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { httpEvent } from "../../model/make-event.ts";
import { clockMs, dayMs, digitsAt, monthAt } from "./civil-time.ts";
import type { LineKind, LineTeller } from "./line-kind.ts";
import { givenMinutes } from "./told-zone.ts";
import { addressReader, countIn, portIn, splitTarget } from "./told-values.ts";

/** Client, accept date, front end, back end, timers, status, bytes, what lies between, request; every part is bounded. */
const ROW =
  /^([\da-f.:]{2,45}):(\d{1,5}) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\.\d{3})\] (\S{1,128}) (\S{1,256}) (-?\d{1,9}\/-?\d{1,9}\/-?\d{1,9}\/-?\d{1,9}\/\+?\d{1,9}) (\d{3}|-1) \+?(\d{1,15}) \S{1,256} \S{1,256} (\S{4}) \d{1,9}\/[^"]{1,1024}"(?:([A-Za-z-]{1,32}) (\S{1,65536}) HTTP\/[\d.]{1,4}|<BADREQ>)"/u;
const LONGEST = 131_072;
const MINUTE_MS = 60_000;

/** HAProxy's `option httplog`. The accept date has no zone: the user's word, else UTC. */
export const HAPROXY_HTTP: LineKind = {
  id: "haproxy-http",
  title: "HAProxy HTTP log",
  product: "haproxy",
  programs: ["haproxy"],
  teller: (setting) => haproxyTeller(setting),
};

function haproxyTeller({ source, zoneMinutes }: LogSetting): LineTeller {
  const addresses = addressReader();
  return {
    tell(text: string, observer: string | null, row: LogRow, sink: LogSink): boolean {
      const found = text.length > LONGEST ? null : ROW.exec(text);
      if (found === null) return false;
      const [, address, port, date = "", , , timers = "", status, bytes, , method, target = ""] = found;
      const localMs = dateMs(date);
      const at = localMs - givenMinutes(zoneMinutes ?? 0, localMs) * MINUTE_MS;
      if (Number.isNaN(at)) return false;
      if (method === undefined) {
        sink.pass();
        return true;
      }
      const total = countIn(timers.slice(timers.lastIndexOf("/") + 1).replace("+", ""));
      const place = { source, line: row.line, offset: row.offset, text: row.text };
      sink.event(
        httpEvent(
          { at, observer, product: "haproxy", place },
          {
            method: method.toUpperCase(),
            ...splitTarget(target),
            status: countIn(status),
            durationMs: total,
            sourceIp: addresses.of(address),
            sourcePort: portIn(port),
            responseBytes: countIn(bytes),
          },
        ),
      );
      return true;
    },
  };
}

/** `30/Jan/2026:10:05:11.123` in the machine's own zone. */
function dateMs(text: string): number {
  const day = dayMs(digitsAt(text, 7, 4), monthAt(text, 3), digitsAt(text, 0, 2));
  return day + clockMs(text, 12) + digitsAt(text, 21, 3);
}
