import { openAuditTrail } from "./audit-trail.io.ts";
import type { AuditOptions, AuditTrail, TrailStory } from "./audit-trail.io.ts";
import { auditPlace } from "./audit-place.io.ts";
import type { GatewayMetrics } from "./metrics.io.ts";
import type { RecordBatch } from "./record-tally.ts";
import { unfolded } from "./usage-fold.io.ts";
import { openUsageStore } from "./usage-store.io.ts";
import type { UsageStore } from "./usage-store.io.ts";
import { UsageSums } from "./usage-sums.ts";

const FOLD_MS = 5000;

/** The primary's whole record: the trail, and what is derived from it. */
export class RecordKeeper {
  /** Words for the start: what an earlier process left. */
  readonly story: TrailStory;
  readonly #trail: AuditTrail;
  readonly #usage: UsageStore;
  readonly #timer: NodeJS.Timeout;
  #metrics: GatewayMetrics | null = null;
  #sums: UsageSums;
  #folding: Promise<void> | null = null;

  constructor(trail: AuditTrail, usage: UsageStore, sums: UsageSums, story: TrailStory) {
    this.#trail = trail;
    this.#usage = usage;
    this.#sums = sums;
    this.story = story;
    this.#timer = setInterval(() => void this.fold(), FOLD_MS).unref();
  }

  /** Whether rows can be written; while `false`, nothing may be let through. */
  get available(): boolean {
    return this.#trail.available;
  }

  /** Number of the trail's last line. */
  get seq(): number {
    return this.#trail.seq;
  }

  /** Characters that wait to be written. */
  get pending(): number {
    return this.#trail.pending;
  }

  /** The last checkpoint's line, for the operations listener. */
  get lastCheckpoint(): string {
    return this.#trail.lastCheckpoint;
  }

  /** Counts from now on into these metrics, too. */
  feed(metrics: GatewayMetrics): void {
    this.#metrics = metrics;
  }

  /** Takes a worker's batch. */
  take(batch: RecordBatch): void {
    this.#trail.append(batch.lines);
    this.#metrics?.take(batch.tallies);
    for (const tally of batch.tallies) this.#sums.addTally(tally);
  }

  /** Resolves when all that was taken is on the disk (`true`) or cannot be put there now (`false`). */
  sync(): Promise<boolean> {
    return this.#trail.sync();
  }

  /** Brings the usage up to date, if its rows are on the disk: sums never run ahead of the trail they can be made again from. */
  fold(): Promise<void> {
    this.#folding ??= this.#foldNow().finally(() => {
      this.#folding = null;
    });
    return this.#folding;
  }

  /** Signs, syncs, folds and lets go. Tells whether the trail is whole on the disk. */
  async close(): Promise<boolean> {
    clearInterval(this.#timer);
    await this.#folding;
    await this.fold();
    this.#usage.close();
    return this.#trail.close();
  }

  async #foldNow(): Promise<void> {
    if (this.#sums.isEmpty) return;
    const { seq } = this.#trail;
    const sums = this.#sums;
    this.#sums = new UsageSums();
    try {
      if (await this.#trail.sync()) {
        this.#usage.fold(sums.values(), seq);
        return;
      }
    } catch {
      // The usage's own disk is full or its file is held: the sums stay and are added the next time.
    }
    for (const newer of this.#sums.values()) sums.add(newer);
    this.#sums = sums;
  }
}

/** Opens the record of a state folder for writing, alone. */
export async function openRecord(stateDir: string, options: AuditOptions): Promise<RecordKeeper> {
  const { trail, story } = await openAuditTrail(stateDir, options);
  try {
    const usage = openUsageStore(stateDir);
    const sums = await unfolded(usage, auditPlace(stateDir), trail.seq);
    return new RecordKeeper(trail, usage, sums, story);
  } catch (error) {
    await trail.close();
    throw error;
  }
}
