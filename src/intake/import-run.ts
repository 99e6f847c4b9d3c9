import { createHash } from "node:crypto";
import type { Given } from "../format/stored-look.ts";
import type { Instant } from "../model/instant.ts";
import type { Run } from "../model/run.ts";
import { IMPORT_FORMATS, type ImportFormatName } from "./import-format.ts";

/**
 * Names the run of an import: 32 hex digits of SHA-256 over format, the SHA-512 of the file's bytes as they lie there, and what the user
 * added to it, so that the same file is the same run wherever and whenever it is imported.
 */
export function importRunId(format: ImportFormatName, fileSha512: string, given: Given = NOTHING_GIVEN): string {
  const port = given.port === null ? "" : `\nport ${given.port}`;
  const seenAt = given.seenAt === null ? "" : `\nseen-at ${given.seenAt}`;
  return createHash("sha256").update(`${format}\n${fileSha512}${port}${seenAt}`).digest("hex").slice(0, 32);
}

const NOTHING_GIVEN: Given = { port: null, seenAt: null };

/**
 * The run row of an import. Nobody attempted anything in its name, so it has no coverage: a foreign file tells what answered, never
 * what was asked. `placed`: columns that tables of networks filled beside those that the source carries.
 */
export function importRun(
  format: ImportFormatName,
  run: string,
  { startedAt, finishedAt }: { readonly startedAt: Instant; readonly finishedAt: Instant },
  placed: readonly string[] = [],
): Run {
  const { carries, vantage } = IMPORT_FORMATS[format];
  return {
    kind: "run",
    schema: 1,
    run,
    source: format === "jsonl" ? "import" : format,
    started_at: startedAt,
    finished_at: finishedAt,
    scope_name: null,
    scope_hash: null,
    basis: null,
    operator: null,
    contact: null,
    allowed_by: null,
    vantage,
    ports: null,
    shard: "1/1",
    depth: null,
    coverage: null,
    gaps: [],
    carries: carries === null ? null : [...new Set([...carries, ...placed])],
    synthetic: false,
  };
}
