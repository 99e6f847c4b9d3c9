import type { ByteSource } from "../machine/packed-bytes.io.ts";
import type { LogGrammar, LogSetting } from "../model/log-grammar.ts";
import type { CostTally } from "./cost.ts";
import type { Evaluator } from "./evaluator.ts";
import type { HuntSource, SourceReport, Unread } from "./hunt-source.ts";
import { mergeSources } from "./merge.ts";
import { openSource } from "./source-stream.io.ts";

/** What a hunt over prepared sources takes. */
export interface HuntEffects {
  readonly cwd: string;
  readonly grammars: readonly LogGrammar[];
  readonly pipes: ReadonlyMap<string, ByteSource>;
  readonly setting: (source: number, modifiedMs: number) => LogSetting;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly evaluator: Evaluator;
  readonly cost: CostTally | null;
  readonly stopped: AbortSignal;
  progress(bytes: number, rows: number): void;
}

/** What became of the sources. */
export interface Hunted {
  readonly sources: readonly SourceReport[];
  readonly unread: readonly Unread[];
}

/** Reads every source once, merged by time, and lets the evaluator judge what is of interest. */
export async function huntSources(sources: readonly HuntSource[], effects: HuntEffects): Promise<Hunted> {
  const { evaluator, cost, sinceMs, untilMs } = effects;
  const reports: SourceReport[] = [];
  const unread: Unread[] = [];
  const seen = cost === null ? null : cost.see;
  const questions = {
    sinceMs,
    untilMs,
    isCandidate: (event: Parameters<Evaluator["isCandidate"]>[0]) => evaluator.isCandidate(event),
    seen,
  };
  const waiting = sources.map((source) => ({
    firstAt: source.firstAt,
    open: () =>
      openSource(source, {
        ...effects,
        setting: effects.setting(source.number, source.files[0]?.file.modifiedMs ?? 0),
        questions,
        ended(report, broken) {
          reports.push(report);
          unread.push(...broken);
        },
      }),
  }));
  await mergeSources(waiting, (event) => evaluator.detect(event), effects.stopped);
  evaluator.end();
  return { sources: reports.toSorted((a, b) => a.number - b.number), unread };
}
