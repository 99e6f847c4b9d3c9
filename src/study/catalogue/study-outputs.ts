import type { StudyOutput } from "../study-output.ts";
import { CAPABILITY_OUTPUTS } from "./capability-outputs.ts";
import { CHANGE_OUTPUT } from "./change-output.ts";
import { CONCENTRATION_OUTPUTS } from "./concentration-outputs.ts";
import { MODEL_OUTPUTS } from "./model-outputs.ts";
import { PLACE_OUTPUTS } from "./place-outputs.ts";
import { SCALE_OUTPUTS } from "./scale-outputs.ts";
import { TIME_OUTPUTS } from "./time-outputs.ts";

/** Every output of the study, in the order of the report. */
export const STUDY_OUTPUTS: readonly StudyOutput[] = [
  ...SCALE_OUTPUTS,
  ...PLACE_OUTPUTS,
  ...MODEL_OUTPUTS,
  ...CAPABILITY_OUTPUTS,
  ...TIME_OUTPUTS,
  CHANGE_OUTPUT,
  ...CONCENTRATION_OUTPUTS,
];
