import type { StudyOutput } from "../study-output.ts";

/** Every output of the study, in the order of the report. */
export const STUDY_OUTPUTS: readonly StudyOutput[] = [];
