import type { StudyOutput } from "../study-output.ts";
import { MODEL_OUTPUTS } from "./model-outputs.ts";
import { PLACE_OUTPUTS } from "./place-outputs.ts";
import { SCALE_OUTPUTS } from "./scale-outputs.ts";

/** Every output of the study, in the order of the report. */
export const STUDY_OUTPUTS: readonly StudyOutput[] = [...SCALE_OUTPUTS, ...PLACE_OUTPUTS, ...MODEL_OUTPUTS];
