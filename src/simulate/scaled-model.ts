import type { CampaignModel } from "./campaign-model.ts";

/** What a command line may change of a model. */
export interface ModelChanges {
  readonly hosts?: number;
  readonly days?: number;
  readonly seed?: string;
  /** Hosts, targets, networks and planted models in proportion. */
  readonly scale?: number;
}

/** A model of another size: what is stated in numbers of hosts follows in proportion, what is stated in days keeps its place in time. */
export function scaledModel(model: CampaignModel, { hosts, days, seed, scale = 1 }: ModelChanges): CampaignModel {
  const count = Math.max(1, hosts ?? Math.round(model.hosts * scale));
  const factor = count / model.hosts;
  const length = days ?? model.days;
  const stretch = length / model.days;
  const moved = (at: number): number => Math.min(length - 1, Math.floor(at * stretch));
  const isShort = length === model.days;
  return {
    ...model,
    seed: seed ?? model.seed,
    hosts: count,
    days: length,
    targets:
      hosts === undefined && scale === 1
        ? model.targets
        : Math.max(Math.ceil(count * LEAST_TARGETS), Math.round(model.targets * Math.min(1, factor))),
    missingDays: isShort ? model.missingDays : [...new Set(model.missingDays.map(moved))],
    partialDays: isShort ? model.partialDays : [...new Set(model.partialDays.map(moved))],
    networks: model.networks.map((kind) => ({
      ...kind,
      networks: factor >= 1 ? kind.networks : Math.max(1, Math.round(kind.networks * Math.sqrt(factor))),
    })),
    extras: model.extras.map((extra) => ({ ...extra, hosts: Math.min(count, Math.ceil(extra.hosts * factor)) })),
    lives: isShort
      ? model.lives
      : model.lives.map((life) => ({
          ...life,
          looks: [stretched(life.looks[0], stretch), stretched(life.looks[1], stretch)] as const,
        })),
  };
}

/** Services at every host's address and beside: no run can ask fewer targets. */
const LEAST_TARGETS = 3;

function stretched(looks: number, stretch: number): number {
  return looks <= 2 ? looks : Math.max(2, Math.round(looks * stretch));
}
