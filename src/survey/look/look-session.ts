import type { Buffer } from "node:buffer";
import { judge } from "../../classify/look/judge.ts";
import type { Verdict } from "../../classify/look/judge.ts";
import { FIRST_SIGHT_GETS, REVISIT_GETS, createNotes } from "../../classify/look/notes.ts";
import type { Notes } from "../../classify/look/notes.ts";
import { takeFailure } from "../../classify/look/take-reply.ts";
import type { HttpAnswer } from "../../format/http-answer.ts";
import type { Head } from "../../format/http-head.ts";
import type { RouteId } from "../../knowledge/read-only-routes.ts";
import { callOff, onceAt } from "../../machine/deadline-wheel.ts";
import type { Deadline } from "../../machine/deadline-wheel.ts";
import type { Exchange, ExchangeClient, ExchangeEnd } from "../../machine/exchange.ts";
import type { Card } from "../../model/card.ts";
import type { Failure } from "../../model/failure.ts";
import type { CertificateFacts } from "../../model/observation.ts";
import type { Service } from "../../model/service.ts";
import { createCardRound, endsCards, nextCard, readCard } from "./look-cards.ts";
import type { CardRound } from "./look-cards.ts";
import { beginningTells, capOf, routesOf, textOf } from "./look-errand.ts";
import type { Errand } from "./look-errand.ts";
import { isWorthAskingAlone, learnPipelining, nextQuestions, raiseCeiling } from "./look-plan.ts";
import type { Standing } from "./look-plan.ts";
import { cardOf, observationOf, serviceOf } from "./look-record.ts";
import { logAnswer, logLoss, logRequest } from "./look-request-log.ts";
import type { RequestLog } from "./look-request-log.ts";
import { recentInstant } from "./recent-instant.ts";
import { countBytes, createWatch, lateness, nextCheck } from "./look-watch.ts";
import type { Watch } from "./look-watch.ts";
import type { LookWorld } from "./look-world.ts";
import type { AgainReason, Look, LookOrder } from "./look.ts";
import { takeAnswer } from "./take-answer.ts";
import { hintsAtTls, isTlsAlert, startsWithTls } from "./tls-hint.ts";

/** One look under way: owns its connection, its deadline and its notes. */
export class LookSession implements ExchangeClient {
  readonly #deadline: Deadline = { dueMs: Infinity, onDue: () => this.#onDue() };
  readonly #world: LookWorld;
  readonly #order: LookOrder;
  readonly #done: (look: Look) => void;
  readonly #notes: Notes;
  readonly #standing: Standing;
  readonly #log: RequestLog = { entries: [], waiting: [] };
  readonly #cards: Card[] = [];
  readonly #watch: Watch;
  readonly #startedMs: number;
  #isTls: boolean;
  #service: Service;
  #mayTurnTls: boolean;
  #certificate: CertificateFacts | null = null;
  #exchange: Exchange | null = null;
  #isOpen = false;
  #errand: Errand;
  /** The errand has not been written: an attempt to connect for it counts as a request. */
  #isUnsent = true;
  #batch = 0;
  #answeredHere = 0;
  #verdict: Verdict | null = null;
  #round: CardRound | null = null;
  #isDone = false;

  /** @param done - Called once, with everything. */
  constructor(world: LookWorld, order: LookOrder, done: (look: Look) => void) {
    const { scheme, port } = order.target;
    this.#world = world;
    this.#done = done;
    this.#order = order;
    this.#notes = createNotes(order.known.confirmedBefore ? REVISIT_GETS : FIRST_SIGHT_GETS);
    this.#standing = { port, confirmedBefore: order.known.confirmedBefore };
    this.#isTls = startsWithTls(scheme, port);
    this.#service = serviceOf(order.target, this.#isTls);
    this.#mayTurnTls = scheme === "auto" && !this.#isTls;
    this.#startedMs = world.options.effects.nowMs();
    this.#watch = createWatch(world.clockMs(), world.options.limits);
    this.#errand = { kind: "gets", routes: nextQuestions(this.#notes, this.#standing) };
  }

  /** Connects; everything else follows from what comes. */
  start(): void {
    this.#connect();
    this.#world.wait(this.#deadline);
  }

  onOpen(certificate: CertificateFacts | null): void {
    this.#isOpen = true;
    this.#certificate = certificate ?? this.#certificate;
    this.#write();
  }

  onBytes(chunk: Buffer): boolean {
    if (!countBytes(this.#watch, chunk.length) || !this.#mayTurnTls || !isTlsAlert(chunk)) return true;
    logLoss(this.#log, "bad-http", chunk.length);
    return this.#turnTls();
  }

  outstanding(): number {
    return this.#log.waiting.length;
  }

  bodyCap(): number {
    return capOf(this.#due);
  }

  /** A page, or an answer to a path that is another product's, tells enough with its beginning. */
  takesBeginning(head: Head): boolean {
    return this.#due !== null && beginningTells(this.#due, head);
  }

  onAnswer(answer: HttpAnswer): boolean {
    const route = this.#due;
    if (route === null) return false;
    this.#answeredHere += 1;
    if (this.#errand.kind === "card" || route === "show") return this.#takeCard(answer);
    if (this.#mayTurnTls && hintsAtTls(answer)) {
      logAnswer(this.#log, answer, null);
      return this.#turnTls();
    }
    this.#mayTurnTls = false;
    logAnswer(this.#log, answer, takeAnswer(this.#notes, route, answer, this.#batch > 1));
    if (route === "tags") raiseCeiling(this.#notes, this.#order.known);
    return this.#goOn(answer);
  }

  onEnd(end: ExchangeEnd | null): void {
    const wasOpen = this.#isOpen;
    this.#exchange = null;
    this.#isOpen = false;
    if (end === "local") return this.end("local");
    if (!wasOpen) return this.#fail(end ?? "closed-early");
    if (this.outstanding() === 0) return end === null || end === "reset" ? undefined : this.#fail(end);
    return this.#cutOff(end ?? "closed-early");
  }

  #onDue(): void {
    const now = this.#world.clockMs();
    const { limits, effects } = this.#world.options;
    const failure = this.#lateness(now);
    if (failure === null) return void (this.#deadline.dueMs = nextCheck(this.#watch, now, limits));
    if (this.#notes.models === null && effects.worstLagMs(this.#startedMs) > limits.lagMs) return this.end("lag");
    this.#drop();
    return this.#fail(failure);
  }

  /** The route whose answer comes next. */
  get #due(): RouteId | null {
    return this.#log.waiting[0]?.route ?? null;
  }

  #connect(): void {
    const { address, port, host_name: name } = this.#order.target;
    this.#watch.bytesHere = 0;
    this.#answeredHere = 0;
    this.#deadline.dueMs = this.#world.clockMs() + this.#world.options.limits.connectMs * (this.#isTls ? 2 : 1);
    this.#exchange = this.#world.open({ address, port, tls: this.#isTls ? (name ?? "") : null }, this);
  }

  #write(): void {
    const { effects, userAgent, limits } = this.#world.options;
    const token = routesOf(this.#errand).includes("control") ? effects.controlToken() : "";
    this.#logErrand(token);
    this.#exchange?.write(textOf(this.#errand, { place: this.#order.target, userAgent }, token));
    this.#deadline.dueMs = nextCheck(this.#watch, this.#world.clockMs(), limits);
  }

  #logErrand(token: string): void {
    const { effects, run } = this.#world.options;
    const frame = { service: this.#service, sentAt: recentInstant(effects.nowMs()), run };
    const routes = routesOf(this.#errand);
    for (const route of routes) logRequest(this.#log, route, token, frame);
    this.#batch = routes.length;
    this.#isUnsent = false;
    if (this.#errand.kind === "gets") this.#notes.sent += routes.length;
  }

  #lateness(now: number): Failure | null {
    if (this.#exchange === null || (this.#isOpen && this.outstanding() === 0)) return null;
    if (!this.#isOpen) return now >= this.#deadline.dueMs ? "silent" : null;
    return lateness(this.#watch, now, this.#exchange.underWay(), this.#world.options.limits);
  }

  /** After a fitting answer: wait for the rest of the batch, or ask on. @returns Whether this connection goes on. */
  #goOn({ head, truncated }: HttpAnswer): boolean {
    const isOver = truncated || !head.keepAlive;
    if (this.#notes.stop !== null) {
      this.end(null);
      return false;
    }
    if (this.outstanding() > 0 && !isOver && this.#notes.pipelining !== "disliked") return true;
    learnPipelining(this.#notes, this.#batch, this.outstanding(), head.keepAlive);
    if (isOver || this.outstanding() > 0) this.#drop();
    logLoss(this.#log, null, 0);
    const isKept = this.#exchange !== null;
    this.#next();
    return isKept && !this.#isDone;
  }

  #next(): void {
    const routes = nextQuestions(this.#notes, this.#standing);
    if (routes.length > 0) return this.#send({ kind: "gets", routes });
    return this.#nextCard();
  }

  #nextCard(): void {
    this.#verdict ??= judge(this.#notes);
    this.#round ??= createCardRound(this.#notes, this.#verdict, this.#order.cards);
    const subject = nextCard(this.#round);
    if (subject === null) return this.end(null);
    this.#watch.lookDueMs = this.#world.clockMs() + this.#world.options.limits.cardMs;
    return this.#send({ kind: "card", subject });
  }

  #send(errand: Errand): void {
    this.#errand = errand;
    this.#isUnsent = true;
    const waitMs = this.#order.pace(routesOf(errand).length);
    if (waitMs <= 0) return this.#dispatch();
    this.#watch.lookDueMs += waitMs;
    this.#world.wait(onceAt(this.#world.clockMs() + waitMs, () => this.#dispatch()));
  }

  #dispatch(): void {
    if (this.#isDone) return;
    if (this.#exchange !== null && this.#isOpen) this.#write();
    else this.#connect();
  }

  #takeCard(answer: HttpAnswer): boolean {
    const card = readCard(answer, this.#world.options.prompts);
    logAnswer(this.#log, answer, card.ok ? null : card.error);
    if (card.ok && this.#errand.kind === "card") {
      const frame = { service: this.#service, seenMs: this.#world.options.effects.nowMs() };
      this.#cards.push(cardOf(this.#errand.subject, card.value, this.#notes, frame, this.#world.options));
    }
    if (!answer.head.keepAlive) this.#drop();
    if (endsCards(answer.head.status)) this.end(null);
    else this.#nextCard();
    return answer.head.keepAlive && !this.#isDone;
  }

  /** Drops plain HTTP and asks again with TLS, once. */
  #turnTls(): false {
    this.#drop();
    this.#mayTurnTls = false;
    this.#isTls = true;
    this.#service = serviceOf(this.#order.target, true);
    this.#next();
    return false;
  }

  /** The connection ended while something was due. */
  #cutOff(failure: Failure): void {
    const isEmpty = this.#watch.bytesHere === 0 && failure === "closed-early";
    const isSpoiled = this.#batch > 1 || this.#answeredHere > 0;
    if (this.#mayTurnTls && isEmpty) {
      logLoss(this.#log, failure, 0);
      return void this.#turnTls();
    }
    if (!isSpoiled || this.#errand.kind === "card" || !isWorthAskingAlone(failure)) return this.#fail(failure);
    this.#notes.pipelining = this.#batch > 1 ? "disliked" : "pointless";
    logLoss(this.#log, failure, 0);
    return this.#next();
  }

  /** The look ends with what went wrong and with what was learned before. */
  #fail(failure: Failure): void {
    if (this.#isUnsent) this.#logErrand("");
    const route = this.#due;
    if (route !== "show") {
      if (route !== null) takeFailure(this.#notes, route, failure);
      else this.#notes.failure ??= failure;
    }
    logLoss(this.#log, failure, 0);
    this.end(null);
  }

  #drop(): void {
    this.#exchange?.close();
    this.#exchange = null;
    this.#isOpen = false;
  }

  /** Ends the look: with a verdict, or without one for a reason that is not the host's. */
  end(again: AgainReason | null): void {
    if (this.#isDone) return;
    this.#isDone = true;
    callOff(this.#deadline);
    this.#drop();
    const frame = {
      service: this.#service,
      startedMs: this.#startedMs,
      endedMs: this.#world.options.effects.nowMs(),
      requests: this.#log.entries.length,
      certificate: this.#certificate,
    };
    const observation =
      again === null
        ? observationOf(this.#notes, this.#verdict ?? judge(this.#notes), frame, this.#world.options)
        : null;
    this.#done({ observation, again, cards: this.#cards, requests: this.#log.entries });
  }
}
