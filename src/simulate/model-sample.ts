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
  extras: [
    { model: "unbound:latest", hosts: 9 },
    { model: "unbound-template:7b", hosts: 6 },
  ],
};
