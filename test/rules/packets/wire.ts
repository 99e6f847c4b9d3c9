import type { LogEvent } from "../../../src/model/event.ts";

/** One request with its answer, or a connection over which both sides sent bytes, as a sensor before the server sees it. */
export interface Passage {
  readonly at: number;
  readonly client: string;
  /** Name of the machine with the server. */
  readonly server: string;
  readonly request: {
    readonly method: string;
    readonly uri: string;
    readonly agent: string;
    readonly status: number;
  } | null;
}

const SERVER_PORT = 11_434;

/** What of a story goes over the wire to the server's port; a log without status or port leaves them as they mostly are. */
export function passagesOf(events: readonly LogEvent[]): readonly Passage[] {
  return events.flatMap(passageOf).toSorted((one, other) => one.at - other.at);
}

function passageOf(event: LogEvent): readonly Passage[] {
  if (event.class === "http") {
    const { at, sourceIp, destinationPort, method, path, query, userAgent, status } = event;
    if (sourceIp === null || (destinationPort ?? SERVER_PORT) !== SERVER_PORT) return [];
    const uri = query === null ? path : `${path}?${query}`;
    return [
      {
        at,
        client: sourceIp,
        server: event.observer ?? "",
        request: { method, uri, agent: userAgent ?? "", status: status ?? 200 },
      },
    ];
  }
  if (event.class !== "network") return [];
  const { at, sourceIp, destinationPort, direction, action, established } = event;
  const isSeen = destinationPort === SERVER_PORT && direction !== "outbound" && action !== "blocked";
  return isSeen && established !== false && sourceIp !== null
    ? [{ at, client: sourceIp, server: event.observer ?? "", request: null }]
    : [];
}
