import { Complaint } from "../model/complaint.ts";

/** What a report can be written as; also the ending of its file. */
export const REPORT_FORMATS = ["html", "md", "json"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Reads `html,md`; all formats when nothing is said. Throws a {@link Complaint} that names every unknown one. */
export function parseReportFormats(text: string | undefined): readonly ReportFormat[] {
  if (text === undefined) return REPORT_FORMATS;
  const words = text.split(",").map((word) => word.trim());
  const unknown = words.filter((word) => !REPORT_FORMATS.some((format) => format === word));
  if (unknown.length > 0) {
    const problems = unknown.map((word) => ({ place: "--format", message: `no such format: ${JSON.stringify(word)}` }));
    throw new Complaint(problems, `choose from ${REPORT_FORMATS.join(", ")}, with commas between`);
  }
  return REPORT_FORMATS.filter((format) => words.includes(format));
}
