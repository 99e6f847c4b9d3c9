import { Counter, Gauge, Registry } from "prom-client";
import { BoundedWords } from "./bounded-words.ts";
import type { RecordTally } from "./record-tally.ts";
import { TimeHistogram } from "./time-histogram.io.ts";

/** What the supervisor knows of the gateway right now; asked when somebody reads metrics or health. */
export interface Vitals {
  /** Requests at work in all workers. */
  readonly inFlight: () => number;
  /** Requests in the queue. */
  readonly waiting: () => number;
  readonly workers: () => number;
  /** Whether the model server answers; `null` = not asked yet. */
  readonly upstreamReachable: () => boolean | null;
  /** Whether the counts of quotas can be written. */
  readonly countsReachable: () => boolean;
  /** Whether the audit trail can be written. */
  readonly recordAvailable: () => boolean;
  /** Number of the trail's last line. */
  readonly recordSeq: () => number;
  /** Characters that wait to be written to the trail. */
  readonly recordPending: () => number;
  /** Whether the gateway takes new requests: `false` while it drains. */
  readonly accepting: () => boolean;
}

/** Distinct values of a label at most: of models, whose names come from outside, and of everything else. */
const MOST_MODELS = 64;
const MOST_WORDS = 128;

const GAUGES = {
  corral_gateway_in_flight: ["requests at work", (vitals) => vitals.inFlight()],
  corral_gateway_waiting: ["requests in the queue", (vitals) => vitals.waiting()],
  corral_gateway_workers: ["worker processes", (vitals) => vitals.workers()],
  corral_gateway_upstream_up: [
    "1 when the model server answers",
    (vitals) => Number(vitals.upstreamReachable() === true),
  ],
  corral_gateway_counts_up: [
    "1 when the counts of quotas can be written",
    (vitals) => Number(vitals.countsReachable()),
  ],
  corral_gateway_record_up: ["1 when the audit trail can be written", (vitals) => Number(vitals.recordAvailable())],
  corral_gateway_record_line: ["number of the audit trail's last line", (vitals) => vitals.recordSeq()],
  corral_gateway_record_pending: ["characters that wait for the audit trail", (vitals) => vitals.recordPending()],
} as const satisfies Record<string, readonly [help: string, read: (vitals: Vitals) => number]>;

/** The gateway's metrics, folded from the sums that workers send; no label holds a key, an address or a path. */
export class GatewayMetrics {
  readonly #registry = new Registry();
  readonly #requests = this.#counter("requests_total", "requests by what became of them", [
    "route",
    "decision",
    "reason",
    "role",
    "ended",
  ]);
  readonly #tokens = this.#counter("tokens_total", "tokens of prompts and answers", [
    "kind",
    "counted",
    "role",
    "model",
  ]);
  readonly #bytes = this.#counter("body_bytes_total", "bytes of bodies, in from clients and out to them", [
    "direction",
  ]);
  readonly #modelSeconds = this.#counter("model_seconds_total", "time that requests spent at the model server", [
    "role",
    "model",
  ]);
  readonly #durations = this.#histogram("request_seconds", "from request to the end of its answer", [
    "route",
    "decision",
  ]);
  readonly #firstBytes = this.#histogram("first_byte_seconds", "from request to the first byte of its answer", [
    "route",
  ]);
  readonly #waits = this.#histogram("wait_seconds", "in the queue", ["role"]);
  readonly #models = new BoundedWords(MOST_MODELS);
  readonly #reasons = new BoundedWords(MOST_WORDS);
  readonly #roles = new BoundedWords(MOST_WORDS);

  constructor(vitals: Vitals) {
    for (const [name, [help, read]] of Object.entries(GAUGES)) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [this.#registry],
        collect: () => gauge.set(read(vitals)),
      });
    }
  }

  /** Adds what a worker counted. */
  take(tallies: readonly RecordTally[]): void {
    for (const tally of tallies) this.#add(tally);
  }

  /** All metrics in Prometheus' text form 0.0.4. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #add(tally: RecordTally): void {
    const { decision, ended, counted } = tally;
    const route = tally.route ?? "";
    const role = this.#roles.bounded(tally.role);
    this.#requests.inc({ route, decision, reason: this.#reasons.bounded(tally.reason), role, ended }, tally.requests);
    this.#bytes.inc({ direction: "in" }, tally.bytesIn);
    this.#bytes.inc({ direction: "out" }, tally.bytesOut);
    this.#durations.addTimes({ route, decision }, tally.durations);
    if (decision === "denied") return;
    // Only models that a role may use: a refused request could name any.
    const model = this.#models.bounded(tally.model);
    if (tally.promptTokens > 0) this.#tokens.inc({ kind: "prompt", counted, role, model }, tally.promptTokens);
    if (tally.answerTokens > 0) this.#tokens.inc({ kind: "answer", counted, role, model }, tally.answerTokens);
    this.#modelSeconds.inc({ role, model }, tally.modelMs / 1000);
    this.#firstBytes.addTimes({ route }, tally.firstBytes);
    this.#waits.addTimes({ role }, tally.waits);
  }

  #counter(name: string, help: string, labelNames: readonly string[]): Counter {
    return new Counter({
      name: `corral_gateway_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [this.#registry],
    });
  }

  #histogram(name: string, help: string, labelNames: readonly string[]): TimeHistogram {
    return new TimeHistogram(this.#registry, `corral_gateway_${name}`, help, labelNames);
  }
}
