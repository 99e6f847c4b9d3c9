import { Histogram } from "prom-client";
import type { Registry } from "prom-client";
import { emptyTimes, TIME_BOUNDS } from "./record-tally.ts";
import type { TimeClasses } from "./record-tally.ts";

interface Series {
  readonly labels: Record<string, string>;
  readonly times: TimeClasses;
}

/** One line of a metric. */
interface Sample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** A histogram of seconds that takes classes counted elsewhere: `observe` once a request would cost more than all else that the record does. */
export class TimeHistogram extends Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #series = new Map<string, Series>();

  constructor(registry: Registry, name: string, help: string, labelNames: readonly string[]) {
    super({ name, help, labelNames: [...labelNames], buckets: [...TIME_BOUNDS], registers: [registry] });
    this.#name = name;
    this.#help = help;
  }

  /** Adds counted times under labels. */
  addTimes(labels: Record<string, string>, times: TimeClasses): void {
    const id = Object.values(labels).join("\n");
    let series = this.#series.get(id);
    if (series === undefined) this.#series.set(id, (series = { labels, times: emptyTimes() }));
    series.times.sumMs += times.sumMs;
    for (const [at, count] of times.counts.entries()) series.times.counts[at] = (series.times.counts[at] ?? 0) + count;
  }

  /** What the registry asks for when it writes text, in place of what `observe` would have counted. */
  getForPromString(): Promise<{
    readonly name: string;
    readonly help: string;
    readonly type: string;
    values: Sample[];
  }> {
    return Promise.resolve({ name: this.#name, help: this.#help, type: "histogram", values: this.#values() });
  }

  #values(): Sample[] {
    return [...this.#series.values()].flatMap(({ labels, times }) => {
      let sum = 0;
      const buckets = times.counts.map((count, at) => {
        sum += count;
        const le = TIME_BOUNDS[at] ?? "+Inf";
        return { metricName: `${this.#name}_bucket`, labels: { ...labels, le }, value: sum };
      });
      return [
        ...buckets,
        { metricName: `${this.#name}_sum`, labels, value: times.sumMs / 1000 },
        { metricName: `${this.#name}_count`, labels, value: sum },
      ];
    });
  }
}
