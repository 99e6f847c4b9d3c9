import cluster from "node:cluster";
import type { Worker } from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import type { GatewayConfig } from "../config/gateway-config.ts";
import type { Authority } from "../quota/authority.ts";
import type { RecordBatch } from "../record/record-tally.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { workerPort } from "./worker-port.ts";

/** A worker that ends sooner than this has failed to start; so many in a row and the gateway gives up. */
const SOON_MS = 2000;
const MOST_FAILURES = 5;
const PAUSE_MS = 500;
/** Streams that have not ended by then are cut when the gateway stops. */
const DRAIN_MS = 30_000;

/** What the supervisor of workers needs of the rest of the gateway. */
export interface SupervisorParts {
  readonly authority: Authority;
  readonly salt: string;
  /** Descriptor of a listening socket that somebody else holds; null = the gateway's own. */
  readonly listenFd: number | null;
  record(batch: RecordBatch): void;
  isRecordOpen(): boolean;
  say(text: string): void;
}

interface Hand {
  readonly worker: Worker;
  readonly port: ReturnType<typeof workerPort>;
  readonly startedMs: number;
  isReady: boolean;
  isDraining: boolean;
  inFlight: number;
}

/** Starts workers, starts others in the place of those that die, and replaces all of them without closing the way in. */
export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #hands = new Map<number, Hand>();
  #config: GatewayConfig;
  /** Port that the first worker was given where any would do: the others take the same. */
  #port = 0;
  #failures = 0;
  isStopping = false;
  #gaveUp: (error: Error) => void = () => undefined;
  /** Rejects when workers cannot be kept alive. */
  readonly failed: Promise<never>;

  constructor(config: GatewayConfig, parts: SupervisorParts) {
    this.#config = config;
    this.#parts = parts;
    this.failed = new Promise((_resolve, reject) => {
      this.#gaveUp = reject;
    });
    // Whoever waits for it hears of it; nobody has to.
    this.failed.catch(() => undefined);
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.setupPrimary({ serialization: "advanced" });
  }

  get workers(): number {
    return [...this.#hands.values()].filter(({ isReady }) => isReady).length;
  }

  get inFlight(): number {
    return [...this.#hands.values()].reduce((sum, hand) => sum + hand.inFlight, 0);
  }

  /** Starts all workers; resolves with the port once each of them listens. */
  async start(): Promise<number> {
    const ports = await Promise.race([
      Promise.all(Array.from({ length: this.#config.workers }, () => this.#fork())),
      this.failed,
    ]);
    return ports[0] ?? this.#config.listen.port;
  }

  /** Starts workers with another configuration; once they listen the others take nothing new and end with their last stream. */
  async replace(config: GatewayConfig): Promise<void> {
    const before = [...this.#hands.values()];
    this.#config = config;
    await this.start();
    for (const hand of before) this.#drain(hand);
  }

  tell(message: ToWorker): void {
    for (const { worker } of this.#hands.values()) if (worker.isConnected()) worker.send(message);
  }

  /** Lets every stream end, for some time; then ends those left. Returns how many were cut. */
  async stop(): Promise<number> {
    this.isStopping = true;
    for (const hand of this.#hands.values()) this.#drain(hand);
    const until = Date.now() + DRAIN_MS;
    while (this.#hands.size > 0 && Date.now() < until) await sleep(20);
    const cut = this.inFlight;
    for (const { worker } of this.#hands.values()) worker.process.kill("SIGKILL");
    while (this.#hands.size > 0) await sleep(20);
    return cut;
  }

  #drain(hand: Hand): void {
    hand.isDraining = true;
    if (hand.worker.isConnected()) hand.worker.send({ kind: "drain" } satisfies ToWorker);
  }

  #fork(): Promise<number> {
    const worker = cluster.fork();
    const port = workerPort((messages) => {
      if (worker.isConnected()) worker.send({ kind: "authority", messages } satisfies ToWorker);
    });
    const hand: Hand = { worker, port, startedMs: Date.now(), isReady: false, isDraining: false, inFlight: 0 };
    this.#hands.set(worker.id, hand);
    this.#parts.authority.join(worker.id, port);
    const { salt, listenFd } = this.#parts;
    const { listen } = this.#config;
    const config = { ...this.#config, listen: { ...listen, port: listen.port === 0 ? this.#port : listen.port } };
    worker.send({ kind: "begin", config, listenFd, salt } satisfies ToWorker);
    worker.send({ kind: "record", isOpen: this.#parts.isRecordOpen() } satisfies ToWorker);
    return new Promise((resolve) => {
      worker.on("message", (message: FromWorker) => {
        if (message.kind === "ready") {
          this.#port = message.port;
          resolve(message.port);
        }
        this.#hear(hand, message);
      });
      worker.on("exit", (code) => {
        this.#gone(hand, code).then((again) => (again === null ? undefined : resolve(again)), this.#gaveUp);
      });
    });
  }

  #hear(hand: Hand, message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        hand.isReady = true;
        break;
      case "authority":
        hand.port.hear(message.messages);
        break;
      case "rows":
        this.#parts.record(message.batch);
        break;
      case "load":
        hand.inFlight = message.inFlight;
        break;
      case "say":
        this.#parts.say(message.text);
        break;
    }
  }

  /** A worker has ended: another takes its place unless it was to end. */
  async #gone(hand: Hand, code: number): Promise<number | null> {
    this.#hands.delete(hand.worker.id);
    this.#parts.authority.gone(hand.worker.id);
    if (hand.isDraining || this.isStopping) return null;
    this.#parts.say(`a worker ended with code ${code}; another is started`);
    this.#failures = Date.now() - hand.startedMs < SOON_MS ? this.#failures + 1 : 0;
    if (this.#failures >= MOST_FAILURES) throw new Error("workers end as soon as they start");
    await sleep(PAUSE_MS * this.#failures);
    return this.isStopping ? null : this.#fork();
  }
}
