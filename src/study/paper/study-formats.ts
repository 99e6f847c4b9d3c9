import { Complaint } from "../../model/complaint.ts";

/** What a study can be written as. */
export const STUDY_FORMATS = ["html", "md", "json", "csv", "png"] as const;
export type StudyFormat = (typeof STUDY_FORMATS)[number];

/** Written when nothing is said; pictures are made on demand. */
export const USUAL_FORMATS: readonly StudyFormat[] = ["html", "md", "json", "csv"];

/** Reads `html,csv`. Throws a {@link Complaint} that names every unknown one. */
export function parseStudyFormats(text: string | undefined): readonly StudyFormat[] {
  if (text === undefined) return USUAL_FORMATS;
  const words = text.split(",").map((word) => word.trim());
  const unknown = words.filter((word) => !STUDY_FORMATS.some((format) => format === word));
  if (unknown.length > 0) {
    const problems = unknown.map((word) => ({ place: "--format", message: `no such format: ${JSON.stringify(word)}` }));
    throw new Complaint(problems, `choose from ${STUDY_FORMATS.join(", ")}, with commas between`);
  }
  return STUDY_FORMATS.filter((format) => words.includes(format));
}

/** Reads `--k`: 1 (own scopes only) to 1000; 5 when nothing is said. */
export function parseFloor(text: string | undefined): number {
  if (text === undefined) return 5;
  const floor = /^\d{1,4}$/u.test(text) ? Number(text) : 0;
  if (floor >= 1 && floor <= 1000) return floor;
  throw new Complaint([{ place: "--k", message: `not a whole number from 1 to 1000: ${JSON.stringify(text)}` }]);
}
