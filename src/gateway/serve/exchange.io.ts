import type { RolePolicy } from "../config/gateway-config.ts";
import { isDenied } from "../keys/authenticator.ts";
import type { Principal } from "../principal.ts";
import type { Entry } from "../quota/gate.ts";
import type { AtWork } from "../record/at-work.ts";
import type { RecordRow } from "../record/record-row.ts";
import type { Refusal } from "../refusal.ts";
import type { AskedTarget } from "../request/read-target.ts";
import { readTarget } from "../request/read-target.ts";
import { findRoute } from "../request/find-route.ts";
import type { RouteMatch } from "../request/find-route.ts";
import { Answer } from "./answer.io.ts";
import { Departure } from "./departure.ts";
import type { Caller, Desk } from "./desk.ts";
import { errorBody, familyOf } from "./error-body.ts";
import type { FrontRequest } from "./front-request.io.ts";
import type { FrontResponse } from "./front-response.io.ts";
import { judgeBody } from "./judge-body.io.ts";
import type { Judged } from "./judge-body.io.ts";
import { judgePage } from "./origins.ts";
import { readBody, TOO_LARGE } from "./read-body.io.ts";
import { sortHeaders } from "./request-headers.ts";
import type { RequestHeaders } from "./request-headers.ts";
import { mayCall } from "./rights.ts";
import { Tally } from "./tally.ts";

const TWO_HOSTS: Refusal = { status: 400, reason: "ambiguous-host", message: "exactly one Host header is needed" };
const TWO_TYPES: Refusal = {
  status: 400,
  reason: "ambiguous-type",
  message: "one Content-Type header at most is needed",
};
const ENCODED: Refusal = { status: 415, reason: "encoded-body", message: "send the body without Content-Encoding" };
const NO_ROLE: Refusal = { status: 403, reason: "role-unknown", message: "this key may not use this route" };
const NO_BODY = Buffer.alloc(0);

/** What was found out of a request so far, once its asker is known. */
interface Admitted {
  readonly principal: Principal;
  readonly role: RolePolicy;
  readonly match: RouteMatch;
}

/** One request from its head to the record of its end. */
export class Exchange implements AtWork {
  readonly #desk: Desk;
  readonly #request: FrontRequest;
  readonly #response: FrontResponse;
  readonly #tally: Tally;
  readonly #headers: RequestHeaders;
  readonly #leaving = new Departure();
  #path = "/";
  #query = "";
  #entry: Entry | null = null;
  #answer: Answer | null = null;
  #stopReading: (() => void) | null = null;
  #isOver = false;
  #isSettled = false;

  constructor(desk: Desk, request: FrontRequest, response: FrontResponse) {
    this.#desk = desk;
    this.#request = request;
    this.#response = response;
    this.#headers = sortHeaders(request.rawHeaders);
    this.#tally = new Tally(desk, request.method);
    response.onClose(() => this.#closed());
    response.onUntaken(() => this.#settle());
    desk.began(this);
  }

  start(): void {
    const caller = this.#request.caller(this.#headers.forwardedFor);
    this.#tally.address = caller.address;
    const target = readTarget(this.#request.url);
    if (target.ok) this.#path = target.value.path;
    this.#tally.path = target.ok ? target.value.path : null;
    if (this.#desk.origins !== null && this.#isPageAnswered(this.#desk.origins)) return;
    const closed = this.#desk.closed();
    if (closed !== null) this.#refuse(closed);
    else if (this.#headers.hosts !== 1) this.#refuse(TWO_HOSTS);
    else if (!target.ok) this.#refuse(target.error);
    else this.#recognise(target.value, caller);
  }

  /** Whether all is said: to a page that may not ask, or to a browser that asks whether it may. */
  #isPageAnswered(origins: ReadonlySet<string>): boolean {
    const page = judgePage(this.#request.method, this.#request.rawHeaders, origins);
    switch (page.kind) {
      case "none":
        return false;
      case "denied":
        this.#refuse(page.refusal);
        return true;
      case "allowed":
        this.#response.addHeaders(page.headers);
        return false;
      case "preflight":
        this.#tally.status = 204;
        this.#response.writeHead(204, page.headers);
        this.#response.end(null);
        return true;
    }
  }

  #recognise(target: AskedTarget, caller: Caller): void {
    const method = this.#request.method;
    const found = this.#desk.recognise({ method, target, rawHeaders: this.#request.rawHeaders, caller });
    if (!isDenied(found)) this.#admit(found, target);
    else if (found.delayMs === 0) this.#refuse(found.refusal, found.why);
    else this.#desk.later(found.delayMs, () => this.#refuse(found.refusal, found.why));
  }

  #admit(principal: Principal, target: AskedTarget): void {
    const { roles } = this.#desk.config;
    this.#tally.principal = principal;
    const role = Object.hasOwn(roles, principal.role) ? roles[principal.role] : undefined;
    if (role === undefined) {
      this.#refuse(NO_ROLE);
      return;
    }
    const match = findRoute(this.#request.method, target.path);
    if ("status" in match) {
      this.#refuse(match);
      return;
    }
    this.#tally.route = match.id;
    const denied = mayCall(principal, role, { id: match.id, risk: match.route.risk, path: target.path });
    if (denied === null) this.#takeBody({ principal, role, match }, target);
    else this.#refuse(denied);
  }

  #takeBody(admitted: Admitted, target: AskedTarget): void {
    const { contentEncoding, contentLength } = this.#headers;
    this.#query = target.query;
    const query = admitted.principal.via === "signature" || target.query === "" ? "" : `?${target.query}`;
    const path = target.path + query;
    const { body } = admitted.match.route;
    if (this.#headers.contentTypes > 1) this.#refuse(TWO_TYPES);
    else if (contentEncoding !== null && contentEncoding.toLowerCase() !== "identity") this.#refuse(ENCODED);
    else if (body === "none") this.#judge(admitted, path, NO_BODY);
    else if (body === "raw") this.#pass(admitted, path);
    else {
      const { bodyBytes } = admitted.role.clamp;
      if (contentLength !== null && contentLength > bodyBytes) {
        this.#refuse(TOO_LARGE);
        return;
      }
      if (this.#request.waits) this.#response.writeContinue();
      this.#stopReading = readBody(this.#request, { capBytes: bodyBytes, announcedBytes: contentLength }, (read) => {
        if (Buffer.isBuffer(read)) this.#judge(admitted, path, read);
        else this.#refuse(read);
      });
    }
  }

  /** A body of any size that no policy looks into: what is asked of it the route alone decides. */
  #pass(admitted: Admitted, path: string): void {
    const judged: Judged = {
      body: this.#request,
      model: null,
      asked: null,
      promptBytes: 0,
      answerTokens: 0,
      promptDigest: null,
      passes: true,
      hidesUsage: false,
    };
    this.#enter(admitted, path, judged);
  }

  #judge(admitted: Admitted, path: string, body: Buffer): void {
    this.#tally.bytesIn = body.length;
    const { role, match } = admitted;
    const { contentType } = this.#headers;
    const judged = judgeBody(this.#desk, { role, match, contentType, query: this.#query }, body);
    if (judged instanceof Promise) void judged.then((later) => this.#judged(admitted, path, later));
    else this.#judged(admitted, path, judged);
  }

  #judged(admitted: Admitted, path: string, judged: Judged | Refusal): void {
    if ("status" in judged) this.#refuse(judged);
    else this.#enter(admitted, path, judged);
  }

  #enter(admitted: Admitted, path: string, judged: Judged): void {
    if (this.#isOver) return;
    const { principal, role, match } = admitted;
    this.#tally.judged(judged, match.route.generates);
    const asked = {
      keyId: principal.keyId,
      role: principal.role,
      tokens: this.#tally.reservedTokens,
      priority: role.priority,
      place: match.route.generates,
    };
    const entry = this.#desk.gate.enter(asked, this.#leaving);
    if (entry instanceof Promise) void entry.then((later) => this.#entered(admitted, path, judged, later));
    else this.#entered(admitted, path, judged, entry);
  }

  #entered({ principal, match }: Admitted, path: string, judged: Judged, entry: Entry | Refusal): void {
    if ("status" in entry) {
      this.#refuse(entry);
      return;
    }
    if (this.#isOver) {
      entry.leave(0);
      return;
    }
    this.#entry = entry;
    this.#tally.waitMs = entry.waitedMs;
    if (this.#request.waits && match.route.body === "raw") this.#response.writeContinue();
    const answer = new Answer(this.#desk, {
      response: this.#response,
      isHead: this.#request.method === "HEAD",
      match,
      role: principal.role,
      judged,
      entry,
      tally: this.#tally,
      refuse: (refusal) => this.#refuse(refusal),
    });
    this.#answer = answer;
    const { forwarded, contentLength } = this.#headers;
    // A body that passes through keeps the length it was announced with.
    const bodyBytes = judged.passes ? contentLength : null;
    const head = { method: this.#request.method, path, headers: forwarded, bodyBytes };
    answer.call = this.#desk.forward(head, judged.body, answer);
  }

  /** @param why - what the record says where the client is told less. */
  #refuse(refusal: Refusal, why: string = refusal.reason): void {
    if (this.#isOver || this.#response.headersSent) return;
    this.#tally.refused(refusal.status, why);
    const body = Buffer.from(errorBody(familyOf(this.#path), refusal, this.#tally.id));
    const headers = ["content-type", "application/json; charset=utf-8", "content-length", String(body.length)];
    if (refusal.status === 401) headers.push("www-authenticate", "Bearer");
    if (refusal.retryAfterSeconds !== undefined) headers.push("retry-after", String(refusal.retryAfterSeconds));
    // What of the body is still to come is not waited for.
    if (!this.#request.complete) headers.push("connection", "close");
    this.#response.writeHead(refusal.status, headers);
    this.#response.end(body);
    this.#tally.bytesOut += body.length;
  }

  /** The answer is out, or the client has left: whatever is still at work ends now. */
  #closed(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (!this.#response.writableFinished) this.#tally.left();
    this.#leaving.leave();
    this.#stopReading?.();
    this.#answer?.stop();
    this.#settle();
    this.#desk.record(this.#tally.row(), this);
  }

  /** Gives back the place and what was reserved, once; early where a client does not read an answer that is all said. */
  #settle(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#entry?.leave(this.#tally.settle(this.#answer?.watch ?? null));
  }

  get id(): string {
    return this.#tally.id;
  }

  standing(): RecordRow {
    return this.#tally.standing(this.#answer?.watch ?? null);
  }
}
