import type { Buffer } from "node:buffer";
import type { HttpAnswer } from "../format/http-answer.ts";
import { buildRequest, pipeline, READ_ONLY_ROUTES } from "../knowledge/read-only-routes.ts";
import type { Asker, GetRouteId, RouteId } from "../knowledge/read-only-routes.ts";
import type { Deadline } from "../machine/deadline-wheel.ts";
import type { Exchange, ExchangeClient, ExchangeEnd, Place } from "../machine/exchange.ts";
import type { Card } from "../model/card.ts";
import type { Failure } from "../model/failure.ts";
import { instantOf } from "../model/instant.ts";
import type { CertificateFacts } from "../model/observation.ts";
import type { RequestText } from "../model/request-text.ts";
import type { Service } from "../model/service.ts";
import { cardSubjects, endsCards, nextCard, readCard } from "./look-cards.ts";
import type { CardSubject } from "./look-cards.ts";
import { FIRST_SIGHT_GETS, REVISIT_GETS, createNotes } from "./look-notes.ts";
import type { Notes } from "./look-notes.ts";
import { nextQuestions } from "./look-plan.ts";
import { cardOf, observationOf } from "./look-record.ts";
import { logAnswer, logLoss, logRequest } from "./look-request-log.ts";
import type { RequestLog } from "./look-request-log.ts";
import type { AgainReason, Look, LookerOptions, LookOrder } from "./look.ts";
import { takeAnswer, takeFailure } from "./take-answer.ts";
import { hintsAtTls, isTlsAlert, startsWithTls } from "./tls-hint.ts";

/** What a session needs besides its order: sockets and deadlines. */
export interface SessionWorld {
  readonly options: LookerOptions;
  open(place: Place, client: ExchangeClient): Exchange;
  /** Starts waiting for a deadline; its clock is `clockMs`. */
  wait(deadline: Deadline): void;
  /** Steady milliseconds, unlike those of `options.effects.nowMs`. */
  clockMs(): number;
  done(session: LookSession, look: Look): void;
}

/** What goes out next: GETs in one write, or one card. */
type Errand =
  | { readonly kind: "gets"; readonly routes: readonly GetRouteId[] }
  | { readonly kind: "card"; readonly subject: CardSubject };

/** After these a server may simply not like what came before on the connection; it is asked again alone. */
const WORTH_ASKING_ALONE: ReadonlySet<ExchangeEnd> = new Set(["closed-early", "reset", "bad-http", "bad-length"]);

/** One look under way: owns its connection, its deadline and its notes. */
export class LookSession implements ExchangeClient, Deadline {
  dueMs: number;
  readonly #world: SessionWorld;
  readonly #order: LookOrder;
  readonly #notes: Notes;
  readonly #log: RequestLog = { entries: [], waiting: [] };
  readonly #cards: Card[] = [];
  readonly #startedMs: number;
  #lookDueMs: number;
  #isTls: boolean;
  #mayTurnTls: boolean;
  #certificate: CertificateFacts | null = null;
  #exchange: Exchange | null = null;
  #isOpen = false;
  #errand: Errand;
  #batch = 0;
  #answeredHere = 0;
  #bytesHere = 0;
  #bytes = 0;
  #bytesAtCheck = 0;
  #checkedMs: number;
  #subjects: readonly CardSubject[] | null = null;
  #nextSubject = 0;
  #cardsAsked = 0;
  #isDone = false;

  constructor(world: SessionWorld, order: LookOrder) {
    const now = world.clockMs();
    const { scheme, port } = order.target;
    this.#world = world;
    this.#order = order;
    this.#notes = createNotes(order.known.confirmedBefore ? REVISIT_GETS : FIRST_SIGHT_GETS);
    this.#isTls = startsWithTls(scheme, port);
    this.#mayTurnTls = scheme === "auto" && !this.#isTls;
    this.#startedMs = world.options.effects.nowMs();
    this.#lookDueMs = now + world.options.limits.lookMs;
    this.#checkedMs = now;
    this.#errand = { kind: "gets", routes: nextQuestions(this.#notes) };
    this.dueMs = Infinity;
  }

  /** Connects; everything else follows from what comes. */
  start(): void {
    this.#connect();
    this.#world.wait(this);
  }

  /** Ends the look without a verdict. */
  giveUp(again: AgainReason): void {
    this.#finish(again);
  }

  onOpen(certificate: CertificateFacts | null): void {
    this.#isOpen = true;
    this.#certificate = certificate ?? this.#certificate;
    this.#write();
  }

  onBytes(chunk: Buffer): boolean {
    const isFirst = this.#bytesHere === 0;
    this.#bytesHere += chunk.length;
    this.#bytes += chunk.length;
    if (!isFirst || !this.#mayTurnTls || !isTlsAlert(chunk)) return true;
    logLoss(this.#log, "bad-http", chunk.length);
    return this.#turnTls();
  }

  outstanding(): number {
    return this.#log.waiting.length;
  }

  bodyCap(): number {
    return READ_ONLY_ROUTES[this.#due ?? "version"].maxBodyBytes;
  }

  takesBeginning(): boolean {
    return this.#due === "root" || this.#due === "control";
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
    if (route === "tags") this.#raiseCeiling();
    return this.#goOn(answer);
  }

  onEnd(end: ExchangeEnd | null): void {
    const wasOpen = this.#isOpen;
    this.#exchange = null;
    this.#isOpen = false;
    if (end === "local") return this.#finish("local");
    if (!wasOpen) return this.#couldNotConnect(end ?? "closed-early");
    if (this.outstanding() === 0) return end === null || end === "reset" ? undefined : this.#fail(end);
    return this.#cutOff(end ?? "closed-early");
  }

  onDue(): void {
    const now = this.#world.clockMs();
    const { limits, effects } = this.#world.options;
    const failure = this.#lateness(now);
    if (failure === null) return this.#rearm(now);
    if (this.#notes.models === null && effects.worstLagMs(this.#startedMs) > limits.lagMs) return this.#finish("lag");
    const wasOpen = this.#isOpen;
    this.#drop();
    return wasOpen ? this.#fail(failure) : this.#couldNotConnect(failure);
  }

  /** The route whose answer comes next. */
  get #due(): RouteId | null {
    return this.#log.waiting[0]?.route ?? null;
  }

  #service(): Service {
    const { address, port, host_name, base_path } = this.#order.target;
    return { scheme: this.#isTls ? "https" : "http", address, port, host_name, base_path };
  }

  #connect(): void {
    const { address, port, host_name: name } = this.#order.target;
    this.#bytesHere = 0;
    this.#answeredHere = 0;
    this.dueMs = this.#world.clockMs() + this.#world.options.limits.connectMs * (this.#isTls ? 2 : 1);
    this.#exchange = this.#world.open({ address, port, tls: this.#isTls ? (name ?? "") : null }, this);
  }

  #write(): void {
    const token = this.#world.options.effects.controlToken();
    this.#logErrand(token);
    const asker = { place: this.#order.target, userAgent: this.#world.options.userAgent };
    this.#exchange?.write(textOf(this.#errand, asker, token));
    this.#rearm(this.#world.clockMs());
  }

  #logErrand(token: string): void {
    const { effects, run } = this.#world.options;
    const frame = { service: this.#service(), sentAt: instantOf(effects.nowMs()), run };
    const routes = this.#errand.kind === "card" ? (["show"] as const) : this.#errand.routes;
    for (const route of routes) logRequest(this.#log, route, token, frame);
    this.#batch = routes.length;
    if (this.#errand.kind === "gets") this.#notes.sent += routes.length;
  }

  /** What a passed deadline means; `null` when there is still time. */
  #lateness(now: number): Failure | null {
    const { limits } = this.#world.options;
    if (this.#exchange === null) return null;
    if (!this.#isOpen) return now >= this.dueMs ? "silent" : null;
    if (this.outstanding() === 0) return null;
    if (now >= this.#lookDueMs) return this.#bytes > 0 ? "deadline" : "silent";
    const elapsedMs = now - this.#checkedMs;
    if (elapsedMs < limits.progressGraceMs || this.#exchange.underWay() === 0) return null;
    const rate = ((this.#bytes - this.#bytesAtCheck) * 1_000) / elapsedMs;
    return rate < limits.leastBytesPerSecond ? "no-progress" : null;
  }

  #rearm(now: number): void {
    this.#checkedMs = now;
    this.#bytesAtCheck = this.#bytes;
    this.dueMs = Math.min(this.#lookDueMs, now + this.#world.options.limits.progressGraceMs);
  }

  /** After a fitting answer: wait for the rest of the batch, or ask on. @returns Whether this connection goes on. */
  #goOn({ head, truncated }: HttpAnswer): boolean {
    const notes = this.#notes;
    const isOver = truncated || !head.keepAlive;
    if (notes.stop !== null) {
      this.#finish(null);
      return false;
    }
    if (this.outstanding() > 0) {
      if (!isOver && notes.pipelining !== "disliked") return true;
      if (!truncated) notes.pipelining = "disliked";
      logLoss(this.#log, null, 0);
      this.#drop();
    } else {
      if (this.#batch > 1 && notes.pipelining === "untried") notes.pipelining = "liked";
      if (!head.keepAlive && notes.pipelining === "untried") notes.pipelining = "pointless";
      if (isOver) this.#drop();
    }
    const isKept = this.#exchange !== null;
    this.#next();
    return isKept && !this.#isDone;
  }

  #raiseCeiling(): void {
    const { known } = this.#order;
    const isNew = this.#notes.models?.some(({ digest }) => digest !== null && !known.isDigestKnown(digest)) === true;
    if (isNew) this.#notes.ceiling = FIRST_SIGHT_GETS;
  }

  #next(): void {
    const routes = nextQuestions(this.#notes);
    if (routes.length > 0) return this.#send({ kind: "gets", routes }, routes.length);
    return this.#nextCard();
  }

  #nextCard(): void {
    const wish = this.#order.cards;
    if (wish === null) return this.#finish(null);
    this.#subjects ??= cardSubjects(this.#notes);
    const next = nextCard(this.#subjects, this.#nextSubject, this.#cardsAsked, wish);
    if (next === null) return this.#finish(null);
    this.#nextSubject = next.index + 1;
    this.#cardsAsked += 1;
    this.#lookDueMs = this.#world.clockMs() + this.#world.options.limits.cardMs;
    return this.#send({ kind: "card", subject: next.subject }, 1);
  }

  #send(errand: Errand, requests: number): void {
    this.#errand = errand;
    const waitMs = this.#order.pace(requests);
    if (waitMs <= 0) return this.#dispatch();
    this.#lookDueMs += waitMs;
    const dispatch = (): void => this.#dispatch();
    this.#world.wait({
      dueMs: this.#world.clockMs() + waitMs,
      onDue() {
        this.dueMs = Infinity;
        dispatch();
      },
    });
  }

  #dispatch(): void {
    if (this.#isDone) return;
    if (this.#exchange !== null && this.#isOpen) this.#write();
    else this.#connect();
  }

  #takeCard(answer: HttpAnswer): boolean {
    const card = readCard(answer);
    logAnswer(this.#log, answer, card.ok ? null : card.error);
    if (card.ok && this.#errand.kind === "card") {
      const frame = { service: this.#service(), seenMs: this.#world.options.effects.nowMs() };
      this.#cards.push(cardOf(this.#errand.subject, card.value, this.#notes, frame, this.#world.options));
    }
    if (!answer.head.keepAlive) this.#drop();
    if (endsCards(answer.head.status)) this.#finish(null);
    else this.#nextCard();
    return answer.head.keepAlive && !this.#isDone;
  }

  /** Drops plain HTTP and asks again with TLS, once. */
  #turnTls(): false {
    this.#drop();
    this.#mayTurnTls = false;
    this.#isTls = true;
    this.#next();
    return false;
  }

  /** The connection ended while something was due. */
  #cutOff(failure: Failure): void {
    const isEmpty = this.#bytesHere === 0 && failure === "closed-early";
    const isSpoiled = this.#batch > 1 || this.#answeredHere > 0;
    if (this.#mayTurnTls && isEmpty) {
      logLoss(this.#log, failure, 0);
      return void this.#turnTls();
    }
    if (!isSpoiled || this.#errand.kind === "card" || !WORTH_ASKING_ALONE.has(failure)) return this.#fail(failure);
    this.#notes.pipelining = this.#batch > 1 ? "disliked" : "pointless";
    logLoss(this.#log, failure, 0);
    return this.#next();
  }

  #couldNotConnect(failure: Failure): void {
    this.#logErrand("");
    return this.#fail(failure);
  }

  /** The look ends with what went wrong and with what was learned before. */
  #fail(failure: Failure): void {
    const route = this.#due;
    if (route !== "show") {
      if (route !== null) takeFailure(this.#notes, route, failure);
      else this.#notes.failure ??= failure;
    }
    logLoss(this.#log, failure, 0);
    this.#finish(null);
  }

  #drop(): void {
    this.#exchange?.close();
    this.#exchange = null;
    this.#isOpen = false;
  }

  #finish(again: AgainReason | null): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.dueMs = Infinity;
    this.#drop();
    const frame = {
      service: this.#service(),
      startedMs: this.#startedMs,
      endedMs: this.#world.options.effects.nowMs(),
      requests: this.#log.entries.length,
      certificate: this.#certificate,
    };
    const observation = again === null ? observationOf(this.#notes, frame, this.#world.options) : null;
    this.#world.done(this, { observation, again, cards: this.#cards, requests: this.#log.entries });
  }
}

function textOf(errand: Errand, asker: Asker, token: string): RequestText {
  if (errand.kind === "card") return buildRequest("show", asker, errand.subject.name);
  return pipeline(
    errand.routes.map((route) =>
      route === "control" ? buildRequest(route, asker, token) : buildRequest(route, asker, null),
    ),
  );
}
