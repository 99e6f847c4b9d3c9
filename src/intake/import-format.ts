import { CENSYS_CARRIES, readCensysHost } from "../format/censys.ts";
import { type LineRecord, readLine } from "../format/observation-line.ts";
import type { FieldProblem } from "../format/shape.ts";

/** What one record of a file told. */
export interface Reading {
  readonly records: readonly LineRecord[];
  readonly problems: readonly FieldProblem[];
  /** Parts that are fine and none of our business: a Censys endpoint that speaks no Ollama. */
  readonly skipped: number;
}

/** One format of other people's files. To add one: a reader in `format/`, a row here. */
export interface ImportFormat {
  readonly describe: string;
  /** Whether its lines are Corral's own and can be folded as they lie. */
  readonly isOwn: boolean;
  /** Columns of `observation` it can carry; `null` = all of them. */
  readonly carries: readonly string[] | null;
  readonly vantage: "outside" | null;
  readonly read: (value: unknown) => Reading;
}

/** The formats of `corral import`. */
export const IMPORT_FORMATS = {
  jsonl: {
    describe: "Corral's own JSON lines (docs/reference/observation.schema.json)",
    isOwn: true,
    carries: null,
    vantage: null,
    read: readOwn,
  },
  censys: {
    describe: "hosts of the Censys Platform v3, as JSON lines, one array or one object",
    isOwn: false,
    carries: CENSYS_CARRIES,
    vantage: "outside",
    read: readCensys,
  },
} as const satisfies Record<string, ImportFormat>;

export type ImportFormatName = keyof typeof IMPORT_FORMATS;

/** Tells whether a word names a format. */
export function isImportFormat(word: string): word is ImportFormatName {
  return Object.hasOwn(IMPORT_FORMATS, word);
}

function readOwn(value: unknown): Reading {
  const read = readLine(value);
  return read.ok
    ? { records: [read.value], problems: [], skipped: 0 }
    : { records: [], problems: [read.error], skipped: 0 };
}

function readCensys(value: unknown): Reading {
  const host = readCensysHost(value);
  if (!host.ok) return { records: [], problems: [host.error], skipped: 0 };
  const { endpoints, skipped } = host.value;
  return {
    records: endpoints.flatMap((endpoint) => (endpoint.ok ? [endpoint.value] : [])),
    problems: endpoints.flatMap((endpoint) => (endpoint.ok ? [] : [endpoint.error])),
    skipped,
  };
}
