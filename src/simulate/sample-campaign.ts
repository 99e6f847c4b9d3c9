import type { Card } from "../model/card.ts";
import type { Observation } from "../model/observation.ts";
import type { Run } from "../model/run.ts";
import type { CampaignModel } from "./campaign-model.ts";
import { campaignText } from "./campaign.ts";
import { SAMPLE_MODEL } from "./model-sample.ts";
import { scaledModel } from "./scaled-model.ts";

/** Size and time of a campaign like the sample. */
export type CampaignPlan = Pick<CampaignModel, "hosts" | "days" | "from" | "targets">;

/** The lines of a campaign like the bundled sample, with the seed and the size given: observations and cards of each day, then its run. */
export function* sampleCampaign(seed: string, plan: CampaignPlan = SAMPLE_MODEL): Iterable<Line> {
  const sized = scaledModel(SAMPLE_MODEL, { hosts: plan.hosts, days: plan.days });
  for (const text of campaignText({ ...sized, seed, from: plan.from, targets: plan.targets })) {
    for (const line of text.split("\n")) {
      const record: unknown = line === "" ? null : JSON.parse(line);
      if (isLine(record)) yield record;
    }
  }
}

type Line = Observation | Card | Run;

/** Every line was made here: its kind tells the rest. */
function isLine(record: unknown): record is Line {
  return typeof record === "object" && record !== null && "kind" in record;
}
