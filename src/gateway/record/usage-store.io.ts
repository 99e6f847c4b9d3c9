import { DatabaseSync } from "node:sqlite";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { Complaint } from "../../model/complaint.ts";
import type { UsageRow } from "./usage-row.ts";
import type { UsageSum } from "./usage-sums.ts";

const FILE = "gateway-usage.db";
const BUSY_MS = 2000;
const SCHEMA = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS usage (
  day TEXT NOT NULL, key TEXT NOT NULL, model TEXT NOT NULL, owner TEXT NOT NULL,
  requests INTEGER NOT NULL, refused INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL, answer_tokens INTEGER NOT NULL,
  estimated_tokens INTEGER NOT NULL, model_ms INTEGER NOT NULL,
  PRIMARY KEY (day, key, model)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folded (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL);
INSERT OR IGNORE INTO folded VALUES (1, 0);`;
const ADD = `
INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET owner = excluded.owner, requests = requests + excluded.requests, refused = refused + excluded.refused,
  prompt_tokens = prompt_tokens + excluded.prompt_tokens, answer_tokens = answer_tokens + excluded.answer_tokens,
  estimated_tokens = estimated_tokens + excluded.estimated_tokens, model_ms = model_ms + excluded.model_ms`;
const READ = `
SELECT key, model, max(owner) AS owner, min(day) AS first_day, max(day) AS last_day, sum(requests) AS requests, sum(refused) AS refused,
  sum(prompt_tokens) AS prompt_tokens, sum(answer_tokens) AS answer_tokens, sum(estimated_tokens) AS estimated_tokens, sum(model_ms) AS model_ms
FROM usage WHERE day >= ? AND day <= ? AND (? IS NULL OR key = ?)
GROUP BY key, model ORDER BY key, model`;

/** Which part of the usage a report wants. */
export interface UsageWanted {
  /** First UTC day, `2026-01-10`. */
  readonly from: string;
  /** Last UTC day. */
  readonly until: string;
  /** Public id of one key; `null` = all. */
  readonly key: string | null;
}

/** Usage per day, key and model of one state folder: sums over the audit trail's rows, made again from it when they are gone. */
export class UsageStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Number of the last line of the trail whose row is in the sums. */
  get foldedSeq(): number {
    return Number(this.#database.prepare("SELECT seq FROM folded").get()?.["seq"] ?? 0);
  }

  /** Adds sums and says up to which line of the trail they go, both or neither. */
  fold(sums: Iterable<UsageSum>, seq: number): void {
    const add = this.#database.prepare(ADD);
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      for (const sum of sums) add.run(...valuesOf(sum));
      this.#database.prepare("UPDATE folded SET seq = ?").run(seq);
      this.#database.exec("COMMIT");
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Sums per key and model. */
  read({ from, until, key }: UsageWanted): readonly UsageRow[] {
    return this.#database
      .prepare(READ)
      .all(from, until, key, key)
      .map((row) => ({
        key: String(row["key"]),
        owner: String(row["owner"]),
        model: String(row["model"]),
        firstDay: String(row["first_day"]),
        lastDay: String(row["last_day"]),
        requests: Number(row["requests"]),
        refused: Number(row["refused"]),
        promptTokens: Number(row["prompt_tokens"]),
        answerTokens: Number(row["answer_tokens"]),
        estimatedTokens: Number(row["estimated_tokens"]),
        modelSeconds: Number(row["model_ms"]) / 1000,
      }));
  }

  close(): void {
    this.#database.close();
  }
}

type UsageValues = [string, string, string, string, number, number, number, number, number, number];

function valuesOf(sum: UsageSum): UsageValues {
  const { day, key, model, owner, requests, refused, promptTokens, answerTokens, estimatedTokens, modelMs } = sum;
  return [day, key, model, owner, requests, refused, promptTokens, answerTokens, estimatedTokens, Math.round(modelMs)];
}

/** Opens the usage of a state folder, making it where it is missing; a {@link Complaint} when it cannot be read. */
export function openUsageStore(stateDir: string): UsageStore {
  const path = join(stateDir, FILE);
  try {
    closeSync(openSync(path, "a", 0o600));
    const database = new DatabaseSync(path, { timeout: BUSY_MS });
    database.exec(SCHEMA);
    return new UsageStore(database);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Complaint(
      [{ place: path, message: `usage cannot be read: ${reason}` }],
      "see that the state folder is yours; when the file is damaged, move it away: it is made again from the audit trail",
    );
  }
}
