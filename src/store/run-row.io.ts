import type { Catalog } from "./catalog.io.ts";
import { jsonObject } from "./json-object.ts";

/**
 * Keeps a run's row as JSON text. A row written later replaces an earlier one; `writtenAt` orders them (its writer's clock; for an import the
 * run's own last time), so that folding an old chunk late changes nothing.
 */
export function keepRun(catalog: Catalog, row: string): void {
  const { run, text, writtenAt } = readRunRow(row);
  catalog.db
    .prepare(
      `INSERT INTO run VALUES (?, ?, ?) ON CONFLICT (run) DO UPDATE SET written_at = excluded.written_at, row = excluded.row
       WHERE excluded.written_at > run.written_at`,
    )
    .run(run, writtenAt, text);
}

/** A run line of a journal or a file: its id, its text without `written_at`, and when it was written. */
export function readRunRow(row: string): { readonly run: string; readonly text: string; readonly writtenAt: string } {
  const { written_at: written, ...line } = jsonObject(row);
  const writtenAt = [written, line["finished_at"], line["started_at"]].find((time) => typeof time === "string");
  return { run: String(line["run"]), text: JSON.stringify(line), writtenAt: String(writtenAt) };
}

/** Keeps a resume point, unless a later one of the same scope and shard is there. */
export function keepCheckpoint(catalog: Catalog, row: string): void {
  const line = jsonObject(row);
  catalog.db
    .prepare(
      `INSERT INTO checkpoint VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope_hash, shard)
       DO UPDATE SET run = excluded.run, at = excluded.at, state = excluded.state WHERE excluded.at >= checkpoint.at`,
    )
    .run(
      String(line["scope_hash"]),
      String(line["shard"]),
      String(line["run"]),
      String(line["at"]),
      JSON.stringify(line["state"] ?? null),
    );
}
