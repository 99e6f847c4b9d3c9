import { instantOf } from "../model/instant.ts";
import type { Observation, Sign } from "../model/observation.ts";
import type { Grant } from "./card/card-asking.ts";
import { addGap } from "./coverage.ts";
import { isWalkOver } from "./engine-work.ts";
import type { Item, Work } from "./engine-work.ts";
import type { AgainReason, Look, LookOrder } from "./look/look.ts";

/** Looks without a verdict, while others got theirs, before a target is given up. */
const MOST_TRIES = 5;
const FIRST_AGAIN_MS = 250;
const TROUBLES = ["silent", "unreachable", "reset", "closed-early", "deadline", "no-progress"];
/** Too many requests; service unavailable. */
const OVERLOAD = [429, 503];

/** Starts one look; its end is settled whenever it comes. */
export function start(work: Work, item: Item, nowMs: number): void {
  const { fx, plan } = work;
  const { address } = item.target;
  const cards = plan.asksCards ? work.desk.open(address) : null;
  work.inFlight.set(item.position, item);
  work.started += 1;
  work.pacer.start(address, nowMs, work.backoff.factor);
  const order = {
    target: item.target,
    known: fx.memory.of(item.target),
    cards: cards?.wish ?? null,
    pace: (requests: number) => work.pacer.further(address, requests, fx.clock.monotonicMs()),
  };
  void ask(work, item, order, cards?.grants ?? NO_GRANTS);
}

const NO_GRANTS: readonly Grant[] = [];

/** Never rejects: what went wrong on this side is kept for the loop to tell. */
async function ask(work: Work, item: Item, order: LookOrder, grants: readonly Grant[]): Promise<void> {
  try {
    const look = await work.fx.looker.look(order);
    const isDoubtful = look.observation?.failure === "unreachable";
    settle(work, item, isDoubtful ? await doubt(work, look) : look, grants);
  } catch (error) {
    work.failure ??= { error };
  }
  work.inFlight.delete(item.position);
  work.fx.nap.wake();
}

/** "Unreachable" may mean this side: without any route from here it is no verdict on the other. */
async function doubt(work: Work, look: Look): Promise<Look> {
  const { observation } = look;
  if (observation?.failure !== "unreachable" || (await work.fx.hasRoute(observation.address))) return look;
  return { ...look, observation: null, again: "local" };
}

/** Keeps what a look brought, or orders it again. */
function settle(work: Work, item: Item, look: Look, grants: readonly Grant[]): void {
  const { journal } = work.fx;
  for (const request of look.requests) journal.request(request);
  work.tally.requests += look.requests.length;
  if (look.observation === null) {
    release(work, look, grants);
    if (look.again !== null) again(work, item, look.again);
    return;
  }
  const disagrees = keepCards(work, look, look.observation, grants);
  if (!disagrees) return keep(work, item, look.observation);
  const signs: readonly Sign[] = [...look.observation.signs, "card-disagrees"];
  return keep(work, item, { ...look.observation, signs });
}

function keep(work: Work, item: Item, observation: Observation): void {
  const { answer, status, failure } = observation;
  endLocalGap(work);
  work.verdicts += 1;
  work.backoff.verdict((failure !== null && TROUBLES.includes(failure)) || OVERLOAD.includes(status ?? 0));
  work.tally.answers[answer] += 1;
  if (observation.confirmed) work.tally.confirmed += 1;
  const isNothing = answer === "silent" || answer === "refused";
  if (!isNothing || work.fx.memory.of(item.target).seenBefore) work.fx.journal.observation(observation);
}

/** Weighs and keeps the cards of a look; tells whether one of them disagrees with what others say. */
function keepCards(work: Work, look: Look, observation: Observation, grants: readonly Grant[]): boolean {
  if (look.cards.length === 0) {
    release(work, look, grants);
    return false;
  }
  const isEcho = observation.signs.some((sign) => sign === "control-answered" || sign === "control-same-body");
  const verdict = work.agreement.answered(look.cards, !isEcho);
  release(work, look, grants);
  for (const card of verdict.cards) work.fx.journal.card(card);
  work.tally.cards += verdict.cards.length;
  return verdict.disagrees;
}

/** Gives back the places held for cards that did not come. */
function release(work: Work, look: Look, grants: readonly Grant[]): void {
  if (grants.length === 0) return;
  const came = new Set(look.cards.map((card) => `${card.digest} ${card.server_version}`));
  for (const { digest, serverVersion, network } of grants) {
    if (!came.has(`${digest} ${serverVersion}`)) work.agreement.unanswered(digest, serverVersion, network);
  }
}

/** A look without a verdict goes back to wait; after five, while others got through, it is given up and said so. */
function again(work: Work, item: Item, reason: AgainReason): void {
  const nowMs = work.fx.clock.monotonicMs();
  if (reason === "stopped") {
    work.left.push({ position: item.position, wasAsked: true });
    return;
  }
  if (reason === "local") work.backoff.local(nowMs);
  work.tally.again += 1;
  if (reason === "lag" || othersPassed(work, item)) item.tries += 1;
  item.verdictsBefore = work.verdicts;
  if (item.tries < MOST_TRIES) {
    const waitMs = FIRST_AGAIN_MS * 2 ** item.tries;
    work.room.put(item, { key: `again ${item.position}`, waitMs }, nowMs);
    return;
  }
  work.tally.givenUp += 1;
  const at = instantOf(work.fx.clock.epochMs());
  const why = reason === "lag" ? "this machine was too busy to hear the answer" : "no way from this machine";
  addGap(work.tally, { from: at, to: at, reason: why });
}

/** Whether others got through since this target last did not, or, when none is left to show it, earlier. */
function othersPassed(work: Work, item: Item): boolean {
  return work.verdicts > item.verdictsBefore || (item.tries > 0 && isWalkOver(work));
}

/** The first verdict after a time without any: what was not asked in between is a gap, never silence. */
function endLocalGap(work: Work): void {
  const { localSinceMs } = work.backoff;
  if (localSinceMs === null) return;
  const nowMs = work.fx.clock.epochMs();
  const from = nowMs - (work.fx.clock.monotonicMs() - localSinceMs);
  if (work.backoff.pausedUntilMs <= localSinceMs) return;
  addGap(work.tally, { from: instantOf(from), to: instantOf(nowMs), reason: "paused: no way out of this machine" });
}
