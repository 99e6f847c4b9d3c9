import type { CampaignModel } from "./campaign-model.ts";
import { DEFAULT_MODEL } from "./model-default.ts";
export const PUBLISHED_MODEL: CampaignModel = { ...DEFAULT_MODEL, name: "published" };
