import type { CampaignModel } from "./campaign-model.ts";
import { DEFAULT_MODEL } from "./model-default.ts";
import { PUBLISHED_MODEL } from "./model-published.ts";
import { SAMPLE_MODEL } from "./model-sample.ts";

/** The models that come with Corral, by the name that `--model` takes. */
export const NAMED_MODELS = {
  default: DEFAULT_MODEL,
  sample: SAMPLE_MODEL,
  published: PUBLISHED_MODEL,
} as const satisfies Record<string, CampaignModel>;

const BY_NAME: ReadonlyMap<string, CampaignModel> = new Map(Object.entries(NAMED_MODELS));

/** The model of a name; `null` = none comes with it. */
export function namedModel(name: string): CampaignModel | null {
  return BY_NAME.get(name) ?? null;
}
