import { createHash } from "node:crypto";
import type { Random } from "./random.ts";
import { SAMPLE_MODELS, type SampleModel } from "./sample-models.ts";
import { placeOf, type SamplePlace } from "./sample-places.ts";
import { SAMPLE_VERSIONS, type SampleVersion } from "./sample-versions.ts";

/** One host of the sample: where it is, what it runs on which day, and how it meets a stranger. */
export interface SampleHost extends SamplePlace {
  readonly port: number;
  readonly manner: Manner;
  /** First and last day on which it may answer, counted from 0, and the probability that it does on a day between. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly presence: number;
  /** The day from which it runs its second version; `null` = never upgraded. */
  readonly upgradeDay: number | null;
  readonly versions: readonly [SampleVersion, SampleVersion];
  /** The day from which it asks for a login; `null` = never. */
  readonly loginDay: number | null;
  readonly holdings: readonly Holding[];
}

/** What stands at the port: an Ollama, one behind a login or a refusing proxy, an emulator of its routes, another web server. */
export type Manner = "ollama" | "login" | "denied" | "koboldcpp" | "other";

/** A model that a host holds. */
export interface Holding {
  readonly model: SampleModel;
  /** 64 hex, of the manifest: equal on hosts that pulled the same model. */
  readonly digest: string;
  readonly fromDay: number;
  /** Milliseconds before the campaign's start at which it was pulled. */
  readonly ageMs: number;
}

const MANNERS = [
  { manner: "ollama", weight: 86 },
  { manner: "login", weight: 7 },
  { manner: "denied", weight: 2 },
  { manner: "koboldcpp", weight: 3 },
  { manner: "other", weight: 2 },
] as const satisfies readonly { readonly manner: Manner; readonly weight: number }[];

const LIVES = [
  { life: "steady", weight: 50 },
  { life: "casual", weight: 28 },
  { life: "passing", weight: 22 },
] as const;

const INVENTORY_SIZES = [
  { models: 0, weight: 7 },
  { models: 1, weight: 22 },
  { models: 2, weight: 24 },
  { models: 3, weight: 19 },
  { models: 5, weight: 16 },
  { models: 9, weight: 9 },
  { models: 21, weight: 3 },
] as const;

const PORTS = [
  { port: 11_434, weight: 92 },
  { port: 80, weight: 5 },
  { port: 8_080, weight: 3 },
] as const;

const DAY_MS = 86_400_000;

/** Draws the `index`-th host of a campaign of so many days. */
export function sampleHost(index: number, days: number, random: Random): SampleHost {
  const manner = random.weighted(MANNERS).manner;
  return {
    ...placeOf(index, random.fork("place")),
    ...lifeOf(days, random.fork("life")),
    port: random.weighted(PORTS).port,
    manner,
    upgradeDay: random.chance(0.12) ? random.between(1, days - 1) : null,
    versions: versionsOf(random.fork("versions")),
    loginDay: manner === "ollama" && random.chance(0.05) ? random.between(5, days - 1) : null,
    holdings: holdingsOf(index, days, random.fork("holdings")),
  };
}

function lifeOf(days: number, random: Random): Pick<SampleHost, "firstDay" | "lastDay" | "presence"> {
  const firstDay = random.between(0, days - 1);
  switch (random.weighted(LIVES).life) {
    case "steady":
      return { firstDay: random.chance(0.8) ? 0 : firstDay, lastDay: days - 1, presence: 0.97 };
    case "casual":
      return { firstDay, lastDay: Math.min(days - 1, firstDay + random.between(3, 15)), presence: 0.6 };
    case "passing":
      return { firstDay, lastDay: firstDay, presence: 1 };
  }
}

function versionsOf(random: Random): readonly [SampleVersion, SampleVersion] {
  const first = random.weighted(SAMPLE_VERSIONS);
  const newer = SAMPLE_VERSIONS.filter((one) => one.sends > first.sends);
  return [first, newer.length === 0 ? first : random.weighted(newer)];
}

function holdingsOf(index: number, days: number, random: Random): readonly Holding[] {
  const wanted = random.weighted(INVENTORY_SIZES).models;
  const held = new Map<string, Holding>();
  while (held.size < wanted) {
    const model = random.weighted(SAMPLE_MODELS);
    held.set(model.name, {
      model,
      digest: digestOf(model, index),
      fromDay: random.chance(0.9) ? 0 : random.between(1, days - 1),
      ageMs: random.between(1, 200) * DAY_MS + random.between(0, DAY_MS - 1),
    });
  }
  return [...held.values()];
}

function digestOf(model: SampleModel, index: number): string {
  const ownBuild = model.name.startsWith("house-");
  return createHash("sha256")
    .update(`manifest of ${model.name}${ownBuild ? `#${index}` : ""}`)
    .digest("hex");
}
