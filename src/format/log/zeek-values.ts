import type { LogSetting, LogSink } from "../../model/log-grammar.ts";
import type { EventHead } from "../../model/make-event.ts";
import { dnsEvent, httpEvent, networkEvent } from "../../model/make-event.ts";
import { serverSide } from "./server-side.ts";
import { splitTarget } from "./told-values.ts";

/** Name of the log in events. */
export const ZEEK = "zeek";

/** The logs of Zeek that are read, by the name it gives them. */
export const ZEEK_PATHS = ["conn", "http", "dns"] as const;
export type ZeekPath = (typeof ZEEK_PATHS)[number];

/** The four fields that every one of them has. */
export interface ZeekEnds {
  readonly sourceIp: string;
  readonly sourcePort: number | null;
  readonly destinationIp: string;
  readonly destinationPort: number | null;
}

/** A row of `conn.log`. */
export interface ZeekConn {
  readonly transport: string | null;
  readonly durationMs: number | null;
  readonly sourceBytes: number | null;
  readonly destinationBytes: number | null;
  readonly state: string | null;
  readonly isSourceLocal: boolean | null;
  readonly isDestinationLocal: boolean | null;
}

/** A row of `http.log`. */
export interface ZeekHttp {
  readonly method: string | null;
  readonly uri: string | null;
  readonly host: string | null;
  readonly userAgent: string | null;
  readonly origin: string | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly status: number | null;
  readonly user: string | null;
}

/** Turns values of Zeek's rows, whatever they are written in, into events. */
export interface ZeekTeller {
  conn(head: EventHead, ends: ZeekEnds, conn: ZeekConn, sink: LogSink): void;
  http(head: EventHead, ends: ZeekEnds, http: ZeekHttp, sink: LogSink): void;
  dns(head: EventHead, ends: ZeekEnds, query: string | null, sink: LogSink): void;
}

/**
 * Whether a state of Zeek is that of a connection that both sides made; `null` = the sensor saw one side alone. RSTOS0 (the opener sent SYN
 * and RST, nobody answered) is none, though its name begins like RSTO.
 *
 * @see docs.zeek.org, base/protocols/conn/main.zeek, conn_state
 */
const STATES: Readonly<Record<string, boolean | null>> = {
  S0: false,
  S1: true,
  SF: true,
  REJ: false,
  S2: true,
  S3: true,
  RSTO: true,
  RSTR: true,
  RSTOS0: false,
  RSTRH: null,
  SH: false,
  SHR: null,
};
const MIDSTREAM = "OTH";

/** Makes the teller of one file. */
export function zeekTeller(setting: LogSetting): ZeekTeller {
  const side = serverSide(setting);
  return {
    conn(head, told, conn, sink) {
      const isTurned = conn.state === MIDSTREAM && side.isReversed(told.sourcePort, told.destinationPort);
      const ends = isTurned ? turned(told) : told;
      // Of ICMP the ports are type and code.
      const hasPorts = conn.transport !== "icmp";
      const established = establishedOf(conn);
      const direction = side.direction(ends, {
        direction: null,
        isDestinationOurs: (isTurned ? conn.isSourceLocal : conn.isDestinationLocal) === true,
        isMade: established === true,
      });
      sink.event(
        networkEvent(head, {
          durationMs: conn.durationMs,
          sourceIp: ends.sourceIp,
          sourcePort: hasPorts ? ends.sourcePort : null,
          destinationIp: ends.destinationIp,
          destinationPort: hasPorts ? ends.destinationPort : null,
          transport: conn.transport,
          direction,
          established,
          sourceBytes: isTurned ? conn.destinationBytes : conn.sourceBytes,
          destinationBytes: isTurned ? conn.sourceBytes : conn.destinationBytes,
        }),
      );
    },
    http(head, ends, http, sink) {
      if (http.method === null || http.uri === null) {
        sink.pass();
        return;
      }
      const { path, query } = splitTarget(http.uri);
      const { host, userAgent, origin, requestBytes, responseBytes, status, user } = http;
      const rest = { host, userAgent, origin, requestBytes, responseBytes, status, user };
      sink.event(httpEvent(head, { method: http.method.toUpperCase(), path, query, ...ends, ...rest }));
    },
    dns(head, ends, query, sink) {
      if (query === null) sink.pass();
      else sink.event(dnsEvent(head, { question: questionOf(query), sourceIp: ends.sourceIp }));
    },
  };
}

/** A name as it was asked for, in small letters and without its last dot. */
export function questionOf(name: string): string {
  const text = name.toLowerCase();
  return text.length > 1 && text.endsWith(".") ? text.slice(0, -1) : text;
}

function establishedOf(conn: ZeekConn): boolean | null {
  const { state, sourceBytes, destinationBytes } = conn;
  if (state === null) return null;
  if (state === MIDSTREAM) return (sourceBytes ?? 0) > 0 || (destinationBytes ?? 0) > 0 ? true : null;
  return Object.hasOwn(STATES, state) ? (STATES[state] ?? null) : null;
}

function turned(ends: ZeekEnds): ZeekEnds {
  return {
    sourceIp: ends.destinationIp,
    sourcePort: ends.destinationPort,
    destinationIp: ends.sourceIp,
    destinationPort: ends.sourcePort,
  };
}
