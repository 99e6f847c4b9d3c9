import type { HttpAnswer } from "../../format/http-answer.ts";
import { READ_ONLY_ROUTES, routePath } from "../../knowledge/read-only-routes.ts";
import type { RouteId } from "../../knowledge/read-only-routes.ts";
import type { Failure } from "../../model/failure.ts";
import type { Instant } from "../../model/instant.ts";
import type { RequestEntry } from "../../model/request-entry.ts";
import type { Service } from "../../model/service.ts";

type OpenEntry = { -readonly [K in keyof RequestEntry]: RequestEntry[K] };

/** The requests of one look, in order, and those of them that still wait for their answer. */
export interface RequestLog {
  readonly entries: RequestEntry[];
  readonly waiting: { readonly route: RouteId; readonly entry: OpenEntry }[];
}

/** When, for which run and to whom a request goes. */
export interface RequestFrame {
  readonly service: Service;
  readonly sentAt: Instant;
  readonly run: string | null;
}

/** Notes a request as it goes out. */
export function logRequest(log: RequestLog, route: RouteId, token: string, frame: RequestFrame): void {
  const { scheme, address, port, host_name, base_path } = frame.service;
  const entry: OpenEntry = {
    kind: "request",
    schema: 1,
    scheme,
    address,
    port,
    host_name,
    base_path,
    sent_at: frame.sentAt,
    run: frame.run,
    method: READ_ONLY_ROUTES[route].method,
    path: routePath(route, base_path, route === "control" ? token : ""),
    status: null,
    failure: null,
    bytes: 0,
  };
  log.entries.push(entry);
  log.waiting.push({ route, entry });
}

/** Notes the answer to the request that waited longest. */
export function logAnswer(log: RequestLog, answer: HttpAnswer, failure: Failure | null): void {
  const sent = log.waiting.shift();
  if (sent === undefined) return;
  sent.entry.status = answer.head.status;
  sent.entry.bytes = answer.bytes;
  sent.entry.failure = failure;
}

/** Notes that nothing waiting will be answered; `failure` is what the first of them got. */
export function logLoss(log: RequestLog, failure: Failure | null, bytes: number): void {
  const first = log.waiting[0];
  if (first !== undefined) {
    first.entry.failure = failure;
    first.entry.bytes = bytes;
  }
  log.waiting.length = 0;
}
