import { instantOf } from "../../model/instant.ts";
import { visibleText } from "../../render/visible-text.ts";
import type { KeyRow } from "../keys/key-row.ts";

/** Whether a key works now, and if not, why. */
export function keyState(row: KeyRow, nowMs: number): "in use" | "revoked" | "expired" {
  if (row.revokedAt !== null) return "revoked";
  return row.expiresAt !== null && row.expiresAt <= nowMs ? "expired" : "in use";
}

/** A key as `--json` tells it: times as ISO text, no hash. */
export function keyRecord(row: KeyRow, nowMs: number): Readonly<Record<string, unknown>> {
  const at = (ms: number | null): string | null => (ms === null ? null : instantOf(ms));
  return {
    id: row.id,
    name: row.name,
    owner: row.owner,
    role: row.role,
    state: keyState(row, nowMs),
    createdAt: at(row.createdAt),
    expiresAt: at(row.expiresAt),
    revokedAt: at(row.revokedAt),
    addresses: row.addresses,
    rotatedTo: row.rotatedTo,
  };
}

const HEAD = ["id", "state", "role", "name", "owner", "made", "until", "from"] as const;

/** The keys as columns of text. */
export function keyTable(rows: readonly KeyRow[], nowMs: number): string {
  const cells = [[...HEAD], ...rows.map((row) => keyCells(row, nowMs))];
  const widths = HEAD.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells
    .map(
      (line) =>
        `${line
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function keyCells(row: KeyRow, nowMs: number): string[] {
  const day = (ms: number): string => instantOf(ms).slice(0, 10);
  const state = row.rotatedTo === null ? keyState(row, nowMs) : `${keyState(row, nowMs)}, now ${row.rotatedTo}`;
  return [
    row.id,
    state,
    row.role,
    visibleText(row.name, 40),
    visibleText(row.owner, 40),
    day(row.createdAt),
    row.expiresAt === null ? "never" : day(row.expiresAt),
    row.addresses === null ? "anywhere" : row.addresses.join(" "),
  ];
}
