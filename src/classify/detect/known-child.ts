import { OLLAMA_CHILDREN } from "../../knowledge/ollama-children.ts";
import type { OllamaChild } from "../../knowledge/ollama-children.ts";
import type { LogEvent, ProcessEvent } from "../../model/event.ts";
import { rankOf } from "../version.ts";
import { foldText } from "./fold-text.ts";

interface Row {
  readonly child: OllamaChild;
  readonly from: number;
  readonly before: number;
}

const ROWS: readonly Row[] = OLLAMA_CHILDREN.map((child) => ({
  child,
  from: rankOf(child.from) ?? 0,
  before: rankOf(child.before) ?? Number.POSITIVE_INFINITY,
}));

/** Machines whose version is remembered; the one heard of longest ago goes. */
const KEPT = 4096;

/** The version of the model server that each machine told last. */
export interface HeardVersions {
  hear(event: LogEvent): void;
  /** Rank (`classify/version.ts`) of the version last heard from that machine; `null` = none. */
  rank(observer: string | null): number | null;
}

/** Makes an empty memory, bounded. */
export function heardVersions(): HeardVersions {
  const ranks = new Map<string, number>();
  return {
    hear(event) {
      if (event.class !== "listen" || event.version === null) return;
      const rank = rankOf(event.version);
      const key = event.observer ?? "";
      ranks.delete(key);
      if (rank === null) return;
      ranks.set(key, rank);
      if (ranks.size <= KEPT) return;
      for (const oldest of ranks.keys()) {
        ranks.delete(oldest);
        break;
      }
    },
    rank: (observer) => ranks.get(observer ?? "") ?? null,
  };
}

/**
 * Whether the started program is one that the server of that version starts itself; where no version was heard, one that any version
 * starts. `null` when the row tells no program.
 */
export function knownChild(event: ProcessEvent, rank: number | null): boolean | null {
  if (event.executable === null) return null;
  const path = foldText(event.executable).replaceAll("\\", "/");
  const slash = path.lastIndexOf("/");
  const file = path.slice(slash + 1);
  const name = file.endsWith(".exe") ? file.slice(0, -4) : file;
  const folder = path.slice(0, slash + 1);
  const command = event.commandLine;
  return ROWS.some(
    ({ child, from, before }) =>
      (rank === null || (rank >= from && rank < before)) &&
      child.name === name &&
      (child.folder === null || folder.includes(child.folder)) &&
      (child.argument === null || (command !== null && hasWord(command, child.argument))),
  );
}

function hasWord(command: string, word: string): boolean {
  return command.split(/[\s"']/u).includes(word);
}
