import type { CatalogueModel } from "./campaign-model.ts";
import type { Holding } from "./holding.ts";
import type { ServicePlan } from "./host-plan.ts";
import { type KnownRelease, versionNumber } from "./releases.ts";

/** What a service tells for a while: until its version or its list changes. */
export interface Segment {
  readonly release: KnownRelease;
  /** Newest first; `null` = the list is not told. */
  readonly entries: readonly Holding[] | null;
  /** The day from which it no longer holds. */
  readonly untilDay: number;
}

/** First version number that sends each field, as the facts on Ollama's API say; written down here, not asked of the judgements. */
export const SENDS = {
  details: versionNumber("0.1.15"),
  model: versionNumber("0.1.21"),
  running: versionNumber("0.1.38"),
  modelInfo: versionNumber("0.1.45"),
  cardCapabilities: versionNumber("0.6.4"),
  thinking: versionNumber("0.9.0"),
  runningContext: versionNumber("0.10.0"),
  cloud: versionNumber("0.12.0"),
  image: versionNumber("0.14.0"),
  audio: versionNumber("0.20.0"),
  tagsCapabilities: versionNumber("0.30.0"),
} as const;

/** What a service tells on a day. */
export function segmentOf(plan: ServicePlan, day: number): Segment {
  const at = plan.steps.findLastIndex(({ fromDay }) => fromDay <= day);
  const step = plan.steps[Math.max(0, at)];
  if (step === undefined) throw new Error("a service without a version");
  const { release } = step;
  const changes = [plan.steps[at + 1]?.fromDay, ...plan.holdings.map(({ fromDay }) => fromDay)];
  const untilDay = changes.reduce<number>(
    (least, one) => (one !== undefined && one > day ? Math.min(least, one) : least),
    Infinity,
  );
  const entries = plan.holdings.filter(({ fromDay, model }) => fromDay <= day && runs(model, release.number));
  return { release, entries: plan.unlisted ? null : entries, untilDay };
}

const needed = new Map<string, number>();

function runs(model: CatalogueModel, version: number): boolean {
  const least = needed.get(model.needs) ?? versionNumber(model.needs);
  needed.set(model.needs, least);
  return least <= version;
}
