import { join } from "node:path";
import { writeFileAtomic } from "../machine/atomic-file.io.ts";
import { renderHtml } from "../render/html.ts";
import { renderMarkdown } from "../render/markdown.ts";
import type { Report } from "./report.ts";
import type { ReportFormat } from "./report-format.ts";

/** Writes a report as `report.html`, `report.md` and `report.json` into a folder, each whole or not at all. Returns their paths. */
export async function writeReport(
  report: Report,
  folder: string,
  formats: readonly ReportFormat[],
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const format of formats) {
    const path = join(folder, `report.${format}`);
    await writeFileAtomic(path, contentOf(report, format));
    paths.push(path);
  }
  return paths;
}

function contentOf({ document, record }: Report, format: ReportFormat): string {
  switch (format) {
    case "html":
      return renderHtml(document);
    case "md":
      return renderMarkdown(document);
    case "json":
      return `${JSON.stringify(record, null, 2)}\n`;
  }
}
