import { makeAuthority } from "../../../src/gateway/quota/authority.ts";
import type { Authority } from "../../../src/gateway/quota/authority.ts";
import type { CountStore } from "../../../src/gateway/quota/count-store.ts";
import type { Asked, Entry, FromAuthority, ToAuthority } from "../../../src/gateway/quota/gate.ts";
import { makeGate } from "../../../src/gateway/quota/make-gate.ts";
import type { WorkerGate } from "../../../src/gateway/quota/make-gate.ts";
import type { QuotaConfig } from "../../../src/gateway/quota/limit-table.ts";
import type { QuotaWorld } from "../../../src/gateway/quota/quota-world.ts";
import type { Refusal } from "../../../src/gateway/refusal.ts";

/** One request of a virtual gateway, from asking to leaving. */
export interface VirtualRequest {
  readonly worker: number;
  readonly asked: Asked;
  readonly askedAtMs: number;
  readonly abort: AbortController;
  answer: Entry | Refusal | null;
  enteredAtMs: number | null;
  hasLeft: boolean;
  /** Tokens it used, once it has left. */
  used: number;
}

/** A gateway whose time, and the delivery of each message, is the test's to decide. */
export interface VirtualGateway {
  readonly authority: Authority;
  readonly requests: readonly VirtualRequest[];
  readonly workers: ReadonlyMap<number, WorkerGate>;
  nowMs(): number;
  /** Sets the wall clock against the monotonic one. */
  shiftWall(ms: number): void;
  join(): number;
  /** Ends a worker as `kill -9` does: messages it has posted arrive, none reaches it. */
  kill(worker: number): void;
  enter(worker: number, asked: Asked): VirtualRequest;
  leave(request: VirtualRequest, used: number): void;
  /** Delivers one message of those under way, in order for each line; `false` = there was none. */
  deliver(choice: number): boolean;
  /** Delivers everything, then lets promises settle. */
  settle(): Promise<void>;
  advance(ms: number): Promise<void>;
  /** Lets time pass at the workers while no message arrives anywhere. */
  stall(ms: number): Promise<void>;
}

/** Lets every promise that is ready run. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

interface Timer {
  /** Worker whose timer it is; 0 = the authority. */
  readonly of: number;
  readonly ms: number;
  readonly work: () => void;
  dueMs: number;
}

/** The tests' moment zero: a minute before a month ends. */
export const BEGIN_MS = 1_769_903_940_000;

/** Makes a gateway without workers. */
export function virtualGateway(config: QuotaConfig, store: CountStore, failures: unknown[] = []): VirtualGateway {
  let nowMs = 1_000_000;
  let offsetMs = BEGIN_MS - nowMs;
  let lastWorker = 0;
  const timers = new Set<Timer>();
  const queues: { readonly to: Map<number, ToAuthority[]>; readonly from: Map<number, FromAuthority[]> } = {
    to: new Map(),
    from: new Map(),
  };
  const turns: (() => void)[] = [];
  const worldOf = (of: number): QuotaWorld => ({
    clock: { epochMs: () => nowMs + offsetMs, monotonicMs: () => nowMs },
    soon: (work) => void turns.push(work),
    every(ms, work) {
      const timer = { of, ms, work, dueMs: nowMs + ms };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  });
  const authority = makeAuthority(config, store, worldOf(0), { counts: (failure) => void failures.push(failure) });
  const gates = new Map<number, WorkerGate>();
  const hearers = {
    to: new Map<number, (m: ToAuthority) => void>(),
    from: new Map<number, (m: FromAuthority) => void>(),
  };
  const requests: VirtualRequest[] = [];

  const lines = (): (() => void)[] => {
    const ready: (() => void)[] = [];
    for (const [worker, queue] of queues.to)
      if (queue.length > 0)
        ready.push(() => {
          const message = queue.shift();
          if (message !== undefined) hearers.to.get(worker)?.(message);
        });
    for (const [worker, queue] of queues.from)
      if (queue.length > 0)
        ready.push(() => {
          const message = queue.shift();
          if (message !== undefined) hearers.from.get(worker)?.(message);
        });
    if (turns.length > 0) ready.push(() => turns.shift()?.());
    return ready;
  };

  const gateway: VirtualGateway = {
    authority,
    requests,
    workers: gates,
    nowMs: () => nowMs,
    shiftWall: (ms) => void (offsetMs += ms),
    join() {
      lastWorker += 1;
      const worker = lastWorker;
      const to: ToAuthority[] = [];
      const from: FromAuthority[] = [];
      queues.to.set(worker, to);
      queues.from.set(worker, from);
      authority.join(worker, {
        post: (message) => void from.push(copy(message)),
        listen: (take) => void hearers.to.set(worker, take),
      });
      const line = {
        post: (message: ToAuthority) => void to.push(copy(message)),
        listen: (take: (message: FromAuthority) => void) => void hearers.from.set(worker, take),
      };
      gates.set(worker, makeGate(line, config, worldOf(worker)));
      return worker;
    },
    kill(worker) {
      gates.delete(worker);
      for (const timer of timers) if (timer.of === worker) timers.delete(timer);
      for (const message of queues.to.get(worker) ?? []) hearers.to.get(worker)?.(message);
      queues.to.delete(worker);
      queues.from.delete(worker);
      authority.gone(worker);
      for (const request of requests) if (request.worker === worker) request.hasLeft = true;
    },
    enter(worker, asked) {
      const abort = new AbortController();
      const request: VirtualRequest = {
        worker,
        asked,
        askedAtMs: nowMs + offsetMs,
        abort,
        answer: null,
        enteredAtMs: null,
        hasLeft: false,
        used: 0,
      };
      requests.push(request);
      const note = (answer: Entry | Refusal): void => {
        request.answer = answer;
        if ("leave" in answer) request.enteredAtMs = nowMs + offsetMs;
        else request.hasLeft = true;
      };
      const answer = gates.get(worker)?.enter(asked, abort.signal);
      if (answer instanceof Promise) answer.then(note, () => undefined);
      else if (answer !== undefined) note(answer);
      return request;
    },
    leave(request, used) {
      request.hasLeft = true;
      request.used = used;
      if (request.answer !== null && "leave" in request.answer && gates.has(request.worker)) request.answer.leave(used);
    },
    deliver(choice) {
      const ready = lines();
      ready[choice % Math.max(1, ready.length)]?.();
      return ready.length > 0;
    },
    async settle() {
      for (;;) {
        while (gateway.deliver(0));
        await turn();
        if (lines().length === 0) return;
      }
    },
    advance: (ms) => pass(ms, () => gateway.settle()),
    stall: (ms) => pass(ms, turn, (timer) => timer.of !== 0),
  };
  const pass = async (
    ms: number,
    after: () => Promise<void>,
    counts: (timer: Timer) => boolean = () => true,
  ): Promise<void> => {
    const untilMs = nowMs + ms;
    for (;;) {
      const next = [...timers]
        .filter((timer) => counts(timer))
        .reduce<Timer | null>((a, b) => (a === null || b.dueMs < a.dueMs ? b : a), null);
      if (next === null || next.dueMs > untilMs) break;
      nowMs = Math.max(nowMs, next.dueMs);
      next.dueMs += next.ms;
      next.work();
      await after();
    }
    nowMs = untilMs;
  };
  return gateway;
}

/** As sent between processes: what JSON cannot carry is lost. */
function copy<T>(message: T): T {
  return JSON.parse(JSON.stringify(message)) as T;
}

/** A request that is inside: entered and not left. */
export function isInside(request: VirtualRequest): boolean {
  return request.answer !== null && "leave" in request.answer && !request.hasLeft;
}
