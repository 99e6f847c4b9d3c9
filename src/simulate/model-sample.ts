import type { CampaignModel } from "./campaign-model.ts";
import { DEFAULT_MODEL } from "./model-default.ts";

/** The bundled sample: small enough to load in seconds, wide enough that every table has rows. */
export const SAMPLE_MODEL: CampaignModel = {
  ...DEFAULT_MODEL,
  name: "sample",
  hosts: 400,
  from: "2026-06-10",
  days: 30,
  missingDays: [12],
  partialDays: [21],
  lives: [
    { name: "once", share: 0.22, looks: [1, 1], skew: 1, uptime: [1, 1], late: 1 },
    { name: "some", share: 0.28, looks: [2, 10], skew: 1, uptime: [0.5, 0.8], late: 1 },
    { name: "backbone", share: 0.5, looks: [16, 29], skew: 0.3, uptime: [0.95, 1], late: 1 },
  ],
  upgrades: { share: 0.2, everyDays: [3, 25], backShare: 0.01, halfLifeDays: 250 },
  inventory: { ...DEFAULT_MODEL.inventory, unlisted: 0, aliases: 0 },
  // One service a host and one spelling a lineage: what reports of the sample tell can be counted line by line.
  profiles: DEFAULT_MODEL.profiles.map((profile) => ({
    ...profile,
    models: Object.fromEntries(Object.entries(profile.models).filter(([name]) => !name.startsWith("hf.co/"))),
  })),
  others: { ...DEFAULT_MODEL.others, koboldcppBeside: 0 },
  secondServices: 0,
  secondSource: null,
  decoys: 0,
  extras: [
    { model: "unbound:latest", hosts: 9 },
    { model: "unbound-template:7b", hosts: 6 },
  ],
};
