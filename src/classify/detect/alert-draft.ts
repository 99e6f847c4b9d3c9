import type { Alert, Evidence } from "../../model/alert.ts";
import type { LogEvent } from "../../model/event.ts";
import type { Severity } from "../../model/finding.ts";
import { wordBits } from "./address-words.ts";
import type { AddressBook } from "./address-words.ts";

/** Rows of an alert that are kept from its beginning; the last one is kept besides. */
const FIRST_KEPT = 8;

/** An alert that still grows. */
export interface AlertDraft {
  readonly detection: string;
  readonly severity: Severity;
  readonly number: number;
  readonly group: Readonly<Record<string, string>>;
  firstAt: number;
  lastAt: number;
  rows: number;
  readonly first: Evidence[];
  last: LogEvent | null;
  readonly who: Strangers;
}

/** Who the rows of one alert tell of. */
interface Strangers {
  /** The one address that connections tell; `null` = none so far. */
  address: string | null;
  /** More than one. */
  several: boolean;
  /** A header told one. */
  claimed: boolean;
  /** The one address opened a connection itself, as rows tell. */
  came: boolean;
}

/** An alert without rows. */
export function draftAlert(head: Pick<AlertDraft, "detection" | "severity" | "number" | "group">): AlertDraft {
  return {
    detection: head.detection,
    severity: head.severity,
    number: head.number,
    group: head.group,
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
    rows: 0,
    first: [],
    last: null,
    who: { address: null, several: false, claimed: false, came: false },
  };
}

/** Counts a row into an alert. */
export function growDraft(draft: AlertDraft, event: LogEvent, addresses: AddressBook): void {
  draft.rows += 1;
  if (event.at < draft.firstAt) draft.firstAt = event.at;
  if (event.at > draft.lastAt) draft.lastAt = event.at;
  if (draft.first.length < FIRST_KEPT) draft.first.push(evidenceOf(event));
  else draft.last = event;
  meetStranger(draft, event, addresses);
}

/** Addresses that are no stranger's. */
const OWN = wordBits(["loopback", "any", "known"]);

/** Notes whom a row tells of, whether or not it counts into the alert. */
export function meetStranger({ who }: AlertDraft, event: LogEvent, addresses: AddressBook): void {
  const told = otherEnd(event);
  if (told === null) return;
  const isClaimed = event.class === "http" && event.sourceTrust === "claimed";
  if (told !== who.address) {
    const { words, canonical } = addresses.of(told);
    if (canonical === null || (words & OWN) !== 0) return;
    if (canonical !== who.address) {
      if (isClaimed) who.claimed = true;
      else if (who.address === null) who.address = canonical;
      else who.several = true;
    }
  }
  if (!isClaimed && !isReached(event)) who.came = true;
}

/** Whether the address at the other end is one that the server connected to. */
function isReached(event: LogEvent): boolean {
  return event.class === "network" && event.direction === "outbound";
}

/** What was seen may be somebody else's: then nobody is told as the one. */
export function doubtStranger({ who }: AlertDraft): void {
  who.several = true;
}

/** The address at the other end, as the row tells it. */
function otherEnd(event: LogEvent): string | null {
  if (event.class === "http") return event.sourceIp;
  if (event.class === "network") return isReached(event) ? event.destinationIp : event.sourceIp;
  return null;
}

/** What the alert says so far. */
export function alertOf(draft: AlertDraft): Alert {
  const { who } = draft;
  const peer = who.several ? null : who.address;
  return {
    detection: draft.detection,
    severity: draft.severity,
    number: draft.number,
    firstAt: draft.firstAt,
    lastAt: draft.lastAt,
    group: draft.group,
    peer,
    peerTrust: peer !== null ? "connection" : who.address === null && who.claimed ? "claimed" : null,
    peerCame: peer !== null && who.came,
    rows: draft.rows,
    evidence: draft.last === null ? [...draft.first] : [...draft.first, evidenceOf(draft.last)],
  };
}

function evidenceOf(event: LogEvent): Evidence {
  return { at: event.at, observer: event.observer, product: event.product, place: event.place };
}
