import type { Correlation } from "../../../model/detection.ts";
import type { LogEvent } from "../../../model/event.ts";
import { alertOf, doubtStranger, growDraft, meetStranger } from "../alert-draft.ts";
import type { AlertDraft } from "../alert-draft.ts";
import { openAlert } from "./correlator.ts";
import type { Bench, Correlator, DetectSink } from "./correlator.ts";
import { coverage } from "./coverage.ts";
import type { Coverage } from "./coverage.ts";

const CLAIMED = 1;
const SEEN = 2;
/** Machines whose connections are told apart; those of more are not judged. */
const MOST_OBSERVERS = 256;

interface OpenAlert {
  readonly draft: AlertDraft;
  newestAt: number;
}

interface Claim {
  readonly event: LogEvent;
  readonly address: string;
}

/** Everything `disagree` remembers. */
interface Joined {
  readonly within: number;
  readonly bench: Bench;
  /** By observer; "" is a log that does not say. */
  readonly seenBy: Map<string, Coverage>;
  /** Observers that told claims: model servers. */
  readonly servers: Set<string>;
  /** In the order in which they came. */
  waiting: Claim[];
  readonly alerts: Map<string, OpenAlert>;
  prunedAt: number;
}

/**
 * `disagree`: a claimed row opens an alert when connections to the same server cover its time and none of them has its address.
 *
 * - A connection covers the time from `withinSeconds` before its beginning to `withinSeconds` after its end, both included; one without a
 *   duration ends as it begins. Addresses are compared in canonical form.
 * - Same server: the same observer, a log that tells none, or, while no more than one observer tells claims, any observer (a sensor).
 * - A claim is judged when the stream's clock stands more than twice `withinSeconds` from it, or at the end: connections told late by up to
 *   `withinSeconds` still count.
 * - The claims of one server within `withinSeconds` of each other are one alert; `rows` counts claims. The first connection that
 *   disagrees is evidence too, and its address the peer if no other address was connected then and it asked for the same. The
 *   claimed address never is.
 */
export function disagree(correlation: Extract<Correlation, { readonly kind: "disagree" }>, bench: Bench): Correlator {
  const joined = nothingJoined(correlation.withinSeconds * 1000, bench);
  const counted = { groups: 0, held: 0 };
  function recount(): void {
    const { total } = bench;
    const groups = joined.alerts.size + [...joined.seenBy.values()].reduce((sum, one) => sum + one.size, 0);
    total.groups += groups - counted.groups;
    total.held += joined.waiting.length - counted.held;
    counted.groups = groups;
    counted.held = joined.waiting.length;
  }
  return {
    take(event, roles) {
      if ((roles & SEEN) !== 0) takeSeen(joined, event);
      if ((roles & CLAIMED) !== 0) takeClaim(joined, event);
      recount();
    },
    sweep(now, sink) {
      sweepJoined(joined, now, sink);
      recount();
    },
    evict(sink) {
      evictSome(joined, sink);
      recount();
    },
    end(sink) {
      for (const claim of joined.waiting) judge(joined, claim, sink);
      for (const alert of joined.alerts.values()) sink.closed(alertOf(alert.draft));
      joined.waiting = [];
      joined.alerts.clear();
      joined.seenBy.clear();
      joined.servers.clear();
      recount();
    },
    groups: () => counted.groups,
    held: () => counted.held,
  };
}

function nothingJoined(within: number, bench: Bench): Joined {
  return {
    within,
    bench,
    seenBy: new Map(),
    servers: new Set(),
    waiting: [],
    alerts: new Map(),
    prunedAt: Number.NEGATIVE_INFINITY,
  };
}

function addressOf(joined: Joined, event: LogEvent): string | null {
  if (event.class !== "http" && event.class !== "network" && event.class !== "dns") return null;
  return event.sourceIp === null ? null : joined.bench.world.addresses.of(event.sourceIp).canonical;
}

function takeSeen(joined: Joined, event: LogEvent): void {
  const address = addressOf(joined, event);
  if (address === null) return;
  const observer = event.observer ?? "";
  let told = joined.seenBy.get(observer);
  if (told === undefined) {
    if (joined.seenBy.size >= MOST_OBSERVERS) return;
    told = coverage();
    joined.seenBy.set(observer, told);
  }
  const lasted = event.class === "http" || event.class === "network" ? (event.durationMs ?? 0) : 0;
  told.add(address, event.at - joined.within, event.at + Math.max(0, lasted) + joined.within, event);
}

function takeClaim(joined: Joined, event: LogEvent): void {
  const address = addressOf(joined, event);
  if (address === null) return;
  if (event.observer !== null && joined.servers.size < MOST_OBSERVERS) joined.servers.add(event.observer);
  joined.waiting.push({ event, address });
}

/** What tells of connections to the server whose claim it is. */
function tellers(joined: Joined, observer: string | null): readonly Coverage[] {
  if (observer === null || joined.servers.size <= 1) return [...joined.seenBy.values()];
  return [joined.seenBy.get(observer), joined.seenBy.get("")].filter((one) => one !== undefined);
}

function judge(joined: Joined, { event, address }: Claim, sink: DetectSink): void {
  let against: LogEvent | null = null;
  const told = tellers(joined, event.observer);
  for (const one of told) {
    if (one.isBlind(event.at) || one.confirms(address, event.at)) return;
    against ??= one.covers(event.at);
  }
  if (against === null) return;
  speak(joined, event, against, told, sink);
}

function speak(joined: Joined, claim: LogEvent, against: LogEvent, told: readonly Coverage[], sink: DetectSink): void {
  const { bench, within, alerts } = joined;
  const key = claim.observer ?? "";
  const open = alerts.get(key);
  if (open !== undefined && Math.abs(claim.at - open.newestAt) <= within) {
    growDraft(open.draft, claim, bench.world.addresses);
    meetStranger(open.draft, against, bench.world.addresses);
    if (!maySame(claim, against)) doubtStranger(open.draft);
    open.newestAt = Math.max(open.newestAt, claim.at);
    return;
  }
  if (open !== undefined) sink.closed(alertOf(open.draft));
  const group: Record<string, string> = claim.observer === null ? {} : { observer: claim.observer };
  const others = told.flatMap((one) => one.others(claim.at));
  const rows = [claim, ...others.slice(0, 2)];
  const draft = openAlert(bench, group, { rows, count: 1, firstAt: claim.at, lastAt: claim.at }, sink);
  if (!others.every((one) => maySame(claim, one))) doubtStranger(draft);
  alerts.set(key, { draft, newestAt: claim.at });
}

/** Whether what was seen may be the claimed request itself: a proxy may put something before its path, and a connection tells none. */
function maySame(claim: LogEvent, seen: LogEvent): boolean {
  if (claim.class !== "http" || seen.class !== "http") return true;
  return seen.method.toUpperCase() === claim.method.toUpperCase() && seen.path.endsWith(claim.path);
}

function sweepJoined(joined: Joined, now: number, sink: DetectSink): void {
  const { within, waiting, alerts } = joined;
  let judged = 0;
  for (const claim of waiting) {
    if (Math.abs(now - claim.event.at) <= 2 * within) break;
    judge(joined, claim, sink);
    judged += 1;
  }
  if (judged > 0) joined.waiting = waiting.slice(judged);
  if (Math.abs(now - joined.prunedAt) <= within) return;
  joined.prunedAt = now;
  for (const one of joined.seenBy.values()) one.prune(now - 4 * within, now + 4 * within);
  for (const [key, alert] of alerts) {
    if (Math.abs(now - alert.newestAt) <= 4 * within) continue;
    alerts.delete(key);
    sink.closed(alertOf(alert.draft));
  }
}

/** A share of the claims judged at once when there is no room. */
const SHARE = 16;

/** Claims that wait longest are judged with what is known; else an address is forgotten; else an alert closed. */
function evictSome(joined: Joined, sink: DetectSink): void {
  const { waiting, alerts } = joined;
  let biggest: Coverage | null = null;
  for (const one of joined.seenBy.values()) if (one.size > (biggest?.size ?? 0)) biggest = one;
  if (waiting.length > 0 && waiting.length >= (biggest?.size ?? 0)) {
    const judged = Math.ceil(waiting.length / SHARE);
    for (const claim of waiting.slice(0, judged)) judge(joined, claim, sink);
    joined.waiting = waiting.slice(judged);
  } else if (biggest !== null) {
    biggest.forgetOldest();
  } else {
    for (const [key, alert] of alerts) {
      alerts.delete(key);
      sink.closed(alertOf(alert.draft));
      break;
    }
  }
}
