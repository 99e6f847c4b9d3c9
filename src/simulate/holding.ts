import { createHash } from "node:crypto";
import { instantOf } from "../model/instant.ts";
import type { PromptClass } from "../model/prompt-class.ts";
import type { CampaignModel, CatalogueModel, InventorySize, Profile } from "./campaign-model.ts";
import type { Random } from "./random.ts";
import { versionNumber } from "./releases.ts";

/** A model that a service holds. */
export interface Holding {
  readonly model: CatalogueModel;
  readonly name: string;
  /** 64 hex, of the manifest: equal on hosts that pulled the same model. */
  readonly digest: string;
  /** When it was pulled, as the server tells it. */
  readonly stamp: string;
  readonly fromDay: number;
  readonly prompt: PromptClass;
}

/** What decides the list of a service. */
export interface HoldingOrder {
  readonly model: CampaignModel;
  readonly profile: Profile;
  /** Version number at the service's last look. */
  readonly lastVersion: number;
  readonly startMs: number;
  /** Names the service: own builds have digests of their own. */
  readonly owner: string;
  readonly random: Random;
  /** Models it holds in any case. */
  readonly extras: readonly CatalogueModel[];
}

const DAY_MS = 86_400_000;
const OLDEST_PULL_DAYS = 200;

/** The models of a catalogue by name, with what a draw needs. */
export interface Catalogue {
  readonly byName: ReadonlyMap<string, CatalogueModel>;
  readonly needs: ReadonlyMap<CatalogueModel, number>;
  readonly digests: ReadonlyMap<CatalogueModel, string>;
}

/** Works out once what every draw from a catalogue needs. */
export function catalogueOf(models: readonly CatalogueModel[]): Catalogue {
  return {
    byName: new Map(models.map((model) => [model.name, model])),
    needs: new Map(models.map((model) => [model, versionNumber(model.needs)])),
    digests: new Map(models.map((model) => [model, sha256(`manifest of ${model.name}`)])),
  };
}

/** The models of a service, newest first as servers list them. */
export function holdingsOf(order: HoldingOrder, catalogue: Catalogue): readonly Holding[] {
  const { model, profile, random } = order;
  const runs = (one: CatalogueModel): boolean => (catalogue.needs.get(one) ?? 0) <= order.lastVersion;
  const pool = Object.entries(profile.models).flatMap(([name, share]) => {
    const one = catalogue.byName.get(name);
    return one !== undefined && runs(one) ? [{ one, share }] : [];
  });
  const size = sizeOf(profile.sizes ?? model.inventory.sizes, random);
  const held = new Set<CatalogueModel>(order.extras);
  const first = new Set<CatalogueModel>(order.extras);
  for (const group of size === 0 ? [] : profile.allOf) {
    const choices = pool.filter(({ one }) => group.includes(one.name));
    if (choices.length === 0) continue;
    const { one } = random.shared(choices);
    held.add(one);
    first.add(one);
  }
  let left = pool.filter(({ one }) => !held.has(one));
  while (held.size < size && left.length > 0) {
    const { one } = random.shared(left);
    held.add(one);
    left = left.filter((other) => other.one !== one);
  }
  const holdings = [...held].map((one) => holdingOf(one, order, catalogue, first.has(one)));
  return withAlias(holdings, order).toSorted((a, b) => (a.stamp < b.stamp ? 1 : -1));
}

function sizeOf(sizes: readonly InventorySize[], random: Random): number {
  const { models } = random.shared(sizes);
  return random.between(models[0], models[1]);
}

function holdingOf(one: CatalogueModel, order: HoldingOrder, catalogue: Catalogue, isFirst: boolean): Holding {
  const { model, random } = order;
  const fromDay = !isFirst && random.chance(model.inventory.growth) ? random.between(0, model.days - 1) : 0;
  return {
    model: one,
    name: one.name,
    digest: one.own ? sha256(`${one.name} of ${order.owner}`) : (catalogue.digests.get(one) ?? ""),
    stamp: pulledAt(order, fromDay),
    fromDay,
    prompt: one.prompts.length === 1 ? (one.prompts[0]?.class ?? "none") : random.shared(one.prompts).class,
  };
}

/** A time to the nanosecond before the day from which it is listed; no two pulls share one. */
function pulledAt({ random, startMs }: HoldingOrder, fromDay: number): string {
  const before = fromDay === 0 ? random.between(1, OLDEST_PULL_DAYS) : 0;
  const seconds = Math.floor((startMs + (fromDay - before) * DAY_MS) / 1000) - random.between(1, 80_000);
  return stampOf(seconds, random);
}

function stampOf(epochSeconds: number, random: Random): string {
  const fraction = `${random.between(10_000_000, 99_999_999)}${random.between(1, 9)}`;
  return `${instantOf(epochSeconds * 1000).slice(0, 19)}.${fraction}Z`;
}

function withAlias(holdings: readonly Holding[], order: HoldingOrder): readonly Holding[] {
  const copied = holdings.find(({ model }) => !model.cloud);
  if (copied === undefined || !order.random.chance(order.model.inventory.aliases)) return holdings;
  return [...holdings, { ...copied, name: "copy-of-house:latest", stamp: pulledAt(order, copied.fromDay) }];
}

/** SHA-256 as 64 hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
