import cluster from "node:cluster";
import type { Worker } from "node:cluster";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Complaint } from "../../model/complaint.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";
import { GuessBrake } from "../keys/guess-brake.ts";
import type { GuessLevel } from "../keys/guess-brake.ts";
import { ReplayMemory } from "../keys/replay-memory.ts";
import type { Authority } from "../quota/authority.ts";
import { AtWorkMemory } from "../record/at-work.ts";
import type { RecordBatch } from "../record/record-tally.ts";
import type { Certificate } from "./certificates.io.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { workerPort } from "./worker-port.ts";

/**
 * A worker allocates little for each request: a young generation of 8 MB keeps it some 30 MB smaller, 1,000 streams included. The old one may
 * grow threefold between collections: else each body of some MB brings one, during which streams wait for tens of milliseconds.
 */
const WORKER_HEAP = ["--max-semi-space-size=8", "--heap-growing-percent=200"];
/** So many workers in a row that do not come up, and the gateway gives up. */
const MOST_FAILURES = 5;
const PAUSE_MS = 500;
/** Streams that have not ended by then are cut when the gateway stops. */
const DRAIN_MS = 30_000;
/** The last words of a worker that is gone are waited for this long. */
const BURIAL_MS = 2000;

/** What the supervisor of workers needs of the rest of the gateway. */
export interface SupervisorParts {
  readonly authority: Authority;
  readonly salt: string;
  readonly listenFd: number | null;
  certificate(config: GatewayConfig): Promise<Certificate | null>;
  record(batch: RecordBatch): void;
  isRecordOpen(): boolean;
  say(text: string): void;
}

interface Hand {
  readonly worker: Worker;
  readonly port: ReturnType<typeof workerPort>;
  isReady: boolean;
  isDraining: boolean;
  inFlight: number;
}

/** Starts workers, starts others in the place of those that die, and replaces all of them without closing the way in. */
export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #hands = new Map<number, Hand>();
  readonly #atWork = new AtWorkMemory();
  /** Workers whose last words may still come. */
  readonly #unburied = new Set<number>();
  /** Signatures that any worker took: those to come must refuse them, too. */
  readonly #seen = new ReplayMemory();
  /** Failed attempts in all workers: one that guesses gets no more of them by meeting others. */
  #guesses: GuessBrake;
  #config: GatewayConfig;
  #certificate: Certificate | null = null;
  /** A port where any would do: all workers take the same, those to come too. */
  #port = 0;
  #failures = 0;
  isStopping = false;
  #gaveUp: (error: unknown) => void = () => undefined;
  /** Rejects when workers cannot be kept alive. */
  readonly failed: Promise<never>;

  constructor(config: GatewayConfig, parts: SupervisorParts) {
    this.#config = config;
    this.#guesses = new GuessBrake(config.access.guesses.perMinute);
    this.#parts = parts;
    this.failed = new Promise((_resolve, reject) => {
      this.#gaveUp = reject;
    });
    // Whoever waits for it hears of it; nobody has to.
    this.failed.catch(() => undefined);
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.setupPrimary({ serialization: "advanced", execArgv: [...process.execArgv, ...WORKER_HEAP] });
  }

  /** The configuration that workers are started with. */
  get config(): GatewayConfig {
    return this.#config;
  }

  get workers(): number {
    return [...this.#hands.values()].filter(({ isReady }) => isReady).length;
  }

  get inFlight(): number {
    return [...this.#hands.values()].reduce((sum, hand) => sum + hand.inFlight, 0);
  }

  /** Starts all workers; resolves with the port once each of them listens. Throws a `Complaint` when one cannot. */
  async start(): Promise<number> {
    this.#certificate = await this.#parts.certificate(this.#config);
    const { listen, workers } = this.#config;
    if (listen.port === 0 && this.#port === 0) this.#port = await freePort(listen.address);
    const ports = await Promise.all(Array.from({ length: workers }, () => this.#fork()));
    return ports[0] ?? listen.port;
  }

  /** Starts workers with another configuration; once they listen the others take nothing new and end with their last stream. */
  async replace(config: GatewayConfig): Promise<void> {
    const before = [...this.#hands.values()];
    const last = this.#config;
    this.#config = config;
    this.#recount(config);
    try {
      await this.start();
    } catch (error) {
      this.#config = last;
      for (const hand of this.#hands.values()) if (!before.includes(hand)) this.#drain(hand);
      throw error;
    }
    for (const hand of before) this.#drain(hand);
  }

  /** Replaces the workers where their certificate has become another: renewed by itself, or by whoever keeps the files. */
  async renew(): Promise<void> {
    const certificate = await this.#parts.certificate(this.#config);
    if (certificate?.cert !== this.#certificate?.cert) await this.replace(this.#config);
  }

  /** Another rate of failures that is borne: what was counted stays. */
  #recount({ access }: GatewayConfig): void {
    const levels = this.#guesses.levels();
    this.#guesses = new GuessBrake(access.guesses.perMinute);
    this.#guesses.learn(levels, Date.now());
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
    const last = Date.now() + BURIAL_MS;
    while (this.#unburied.size > 0 && Date.now() < last) await sleep(5);
    return cut;
  }

  /** Counts a failed attempt; what others are to know of it. */
  #counted(address: string): readonly GuessLevel[] {
    this.#guesses.failed(address, Date.now());
    const level = this.#guesses.levelOf(address);
    return level === null ? [] : [level];
  }

  #tellOthers(hand: Hand, message: ToWorker): void {
    for (const { worker } of this.#hands.values())
      if (worker !== hand.worker && worker.isConnected()) worker.send(message);
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
    const hand: Hand = { worker, port, isReady: false, isDraining: false, inFlight: 0 };
    this.#hands.set(worker.id, hand);
    this.#unburied.add(worker.id);
    this.#parts.authority.join(worker.id, port);
    const { salt, listenFd } = this.#parts;
    const { listen } = this.#config;
    const config = { ...this.#config, listen: { ...listen, port: listen.port === 0 ? this.#port : listen.port } };
    const beginning = { config, listenFd, salt, certificate: this.#certificate, guesses: this.#guesses.levels() };
    worker.send({ kind: "begin", ...beginning } satisfies ToWorker);
    worker.send({ kind: "record", isOpen: this.#parts.isRecordOpen() } satisfies ToWorker);
    worker.send({ kind: "seen", seen: this.#seen.all() } satisfies ToWorker);
    return new Promise((resolve, reject) => {
      worker.on("message", (message: FromWorker) => {
        if (message.kind === "ready") resolve(message.port);
        this.#hear(hand, message);
      });
      // Later than its exit: what it told before has been heard by then.
      worker.process.once("close", () => this.#bury(worker.id));
      worker.on("exit", (code: number | null, signal: string | null) => {
        this.#hands.delete(worker.id);
        this.#parts.authority.gone(worker.id);
        if (!hand.isReady) reject(new Complaint("a worker could not start"));
        else if (!hand.isDraining && !this.isStopping) this.#follow(signal ?? `code ${code}`);
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
        this.#atWork.take(hand.worker.id, linesOf(message.standing), linesOf(message.ended));
        if (message.tallies.length > 0) this.#parts.record({ lines: linesOf(message.lines), tallies: message.tallies });
        break;
      case "load":
        hand.inFlight = message.inFlight;
        break;
      case "seen":
        this.#seen.learn([message.seen], Date.now());
        this.#tellOthers(hand, { kind: "seen", seen: [message.seen] });
        break;
      case "guess":
        this.#tellOthers(hand, { kind: "guesses", levels: this.#counted(message.address) });
        break;
      case "say":
        this.#parts.say(message.text);
        break;
    }
  }

  /** Writes the rows of what was at work in a worker that is no more. */
  #bury(id: number): void {
    const batch = this.#atWork.died(id, Date.now());
    if (batch.lines.length > 0) {
      this.#parts.say(`${batch.lines.length} requests ended with their worker; the record says so of each`);
      this.#parts.record(batch);
    }
    this.#unburied.delete(id);
  }

  /** A worker has ended unasked: another takes its place, later and later if that fails, and in the end the gateway gives up. */
  #follow(how: string): void {
    this.#parts.say(`a worker ended (${how}); what was at work in it is broken off; another is started`);
    const pauseMs = PAUSE_MS * this.#failures;
    const again = async (): Promise<void> => {
      await sleep(pauseMs);
      if (this.isStopping) return;
      await this.#fork();
      this.#failures = 0;
    };
    again().catch((error: unknown) => {
      this.#failures += 1;
      if (this.#failures >= MOST_FAILURES) this.#gaveUp(error);
      else this.#follow(how);
    });
  }
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n");
}

/** A port that nobody listens on at this moment. */
function freePort(address: string): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, address, () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === "object" && bound !== null ? bound.port : 0));
    });
  });
}
