import { linkRules } from "../classify/sigma/link-rules.ts";
import { startSigma } from "../classify/sigma/run-sigma.ts";
import type { DetectLimits, DetectSink } from "../classify/detect/detect.ts";
import type { DetectSetting } from "../classify/detect/event-world.ts";
import type { Detection } from "../model/detection.ts";
import type { Evaluator } from "./evaluator.ts";
import { sigmaDetections } from "./sigma-detection.ts";
import type { SigmaReport } from "./sigma-report.ts";
import { readSigmaRules } from "./sigma-rules.io.ts";

/** Room for what own rules remember, beside that of Corral's detections. */
const LIMITS: DetectLimits = { groups: 32_768, held: 16_384 };

/** A person's own rules, ready for a hunt. */
export interface OwnRules {
  readonly detections: readonly Detection[];
  readonly report: SigmaReport;
  start(setting: DetectSetting, sink: DetectSink): Evaluator;
}

/** Reads the rules of `--sigma` and puts them together; `null` = none are asked for. */
export async function readOwnRules(path: string | null, cwd: string): Promise<OwnRules | null> {
  if (path === null) return null;
  const { documents, problems } = await readSigmaRules(path, cwd);
  const linked = linkRules(documents);
  const told = sigmaDetections(linked.jobs);
  return {
    detections: told.map(({ detection }) => detection),
    report: {
      path,
      rules: new Map(told.map(({ detection, rule }) => [detection.id, rule])),
      problems: [...problems, ...linked.problems],
      notRun: linked.notRun,
      partial: linked.partial,
    },
    start(setting, sink) {
      const names = told.map(({ detection }) => detection);
      return startSigma(linked.jobs, names, setting, sink, LIMITS);
    },
  };
}
