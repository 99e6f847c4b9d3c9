import type { Verdict } from "../../classify/look/judge.ts";
import type { Notes } from "../../classify/look/notes.ts";
import type { CardBody } from "../../format/show-redaction.ts";
import type { Card } from "../../model/card.ts";
import type { CertificateFacts, Observation } from "../../model/observation.ts";
import type { Service } from "../../model/service.ts";
import type { Target } from "../../model/target.ts";
import { recentInstant } from "./recent-instant.ts";
import type { CardSubject } from "./look-cards.ts";
import type { LookerOptions } from "./look.ts";

/** What a look knows besides its notes. */
export interface LookFrame {
  readonly service: Service;
  /** Milliseconds since 1970. */
  readonly startedMs: number;
  readonly endedMs: number;
  readonly requests: number;
  readonly certificate: CertificateFacts | null;
}

/** The service behind a target, once it is known how to speak to it. */
export function serviceOf(target: Target, isTls: boolean): Service {
  const { address, port, host_name, base_path } = target;
  return { scheme: isTls ? "https" : "http", address, port, host_name, base_path };
}

/** The record of a look. */
export function observationOf(notes: Notes, verdict: Verdict, frame: LookFrame, options: LookerOptions): Observation {
  const { scheme, address, port, host_name, base_path } = frame.service; // written out: a spread of them costs more than the rest
  return {
    kind: "observation",
    schema: 1,
    scheme,
    address,
    port,
    host_name,
    base_path,
    seen_at: recentInstant(frame.startedMs),
    run: options.run,
    vantage: options.vantage,
    source: options.source,
    answer: verdict.answer,
    confirmed: verdict.confirmed,
    product: verdict.product,
    fingerprint: verdict.fingerprint,
    version: verdict.version,
    status: verdict.status,
    failure: verdict.failure,
    signs: verdict.signs,
    server: notes.server,
    title: verdict.title,
    page: verdict.page,
    models: verdict.models,
    running: notes.running,
    certificate: frame.certificate,
    country: null,
    region: null,
    city: null,
    asn: null,
    organisation: null,
    labels: null,
    place_source: null,
    requests: frame.requests,
    duration_ms: Math.max(0, Math.round(frame.endedMs - frame.startedMs)),
  };
}

/**
 * The record of a card. It may speak for others only when this very look asked the control path and got no answer to it: a service
 * that answers every path would say anything.
 */
export function cardOf(
  subject: CardSubject,
  body: CardBody,
  notes: Notes,
  frame: { readonly service: Service; readonly seenMs: number },
  options: LookerOptions,
): Card {
  return {
    kind: "card",
    schema: 1,
    ...frame.service,
    seen_at: recentInstant(frame.seenMs),
    run: options.run,
    source: options.source,
    digest: subject.digest,
    server_version: subject.serverVersion,
    name: subject.name,
    lends: notes.settled.has("control") && notes.control === null,
    ...body,
  };
}
