import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { createRequestLines } from "../format/request-line.ts";
import { syncFolder } from "../machine/atomic-file.io.ts";
import { systemClock } from "../machine/clock.io.ts";
import { createLineBuffer } from "../machine/line-buffer.io.ts";
import { instantOf } from "../model/instant.ts";
import type { RequestEntry } from "../model/request-entry.ts";
import type { Run } from "../model/run.ts";
import { openCatalog } from "./catalog.io.ts";
import { openEngine } from "./engine.io.ts";
import type { LakePaths } from "./lake.io.ts";
import { createLake } from "./lake.io.ts";
import type { Lease } from "./lease.io.ts";
import { newLease } from "./lease.io.ts";
import { closeAsked } from "./close-request.io.ts";
import { foldChunk, recoverLake } from "./recover.io.ts";
import { compactWhenMany } from "./rewrite.io.ts";
import type { RunWriter, WriterOptions } from "./run-writer.ts";

const DEFAULTS = { fold: "chunk", syncMs: 1000, chunkMs: 60_000, chunkBytes: 64 * 1024 * 1024, threads: 1 } as const;
const FOLD_MEMORY_MIB = 512;

/**
 * Opens a lake for one run's lines, making it where it is missing and clearing up after writers that died. Lines given to the writer are
 * on disk within `syncMs`, each checkpoint after the lines it covers.
 */
export async function openRunWriter(root: string, run: Run, options: WriterOptions = {}): Promise<RunWriter> {
  const paths = await createLake(root);
  const settings = { ...DEFAULTS, ...options };
  await recoverLake(paths, { threads: settings.threads });
  const writer = new JournalWriter(paths, await newLease(paths), run, settings);
  writer.run(run);
  await writer.flush();
  return writer;
}

type Settings = Required<WriterOptions>;

/** One file that is appended to: text waiting, then written, then synced. */
class Appender {
  readonly #folder: string;
  readonly #owner: string;
  #file: FileHandle | null = null;
  #number = 0;
  readonly #waiting = createLineBuffer();
  /** Of the file that is open: its name, its size and when it was opened. */
  name: string | null = null;
  sizeBytes = 0;
  openedMs = 0;

  constructor(folder: string, owner: string) {
    this.#folder = folder;
    this.#owner = owner;
  }

  get waitingBytes(): number {
    return this.#waiting.sizeBytes;
  }

  append(line: string): void {
    this.#waiting.add(line);
  }

  /** Hands everything waiting to the disk and waits for it. */
  async sync(): Promise<void> {
    if (this.#waiting.sizeBytes === 0) return;
    const file = this.#file ?? (await this.#next());
    const bytes = this.#waiting.take();
    await file.appendFile(bytes);
    this.sizeBytes += bytes.length;
    await file.datasync();
  }

  /** Closes the file and names it; `null` when none is open. */
  async finish(): Promise<string | null> {
    const { name } = this;
    await this.#file?.close();
    this.#file = null;
    this.name = null;
    this.sizeBytes = 0;
    return name;
  }

  async #next(): Promise<FileHandle> {
    this.#number += 1;
    this.name = `${this.#owner}-${String(this.#number).padStart(6, "0")}.jsonl`;
    this.#file = await open(join(this.#folder, this.name), "ax", 0o600);
    this.openedMs = systemClock.monotonicMs();
    await syncFolder(this.#folder);
    return this.#file;
  }
}

/** The one implementation of {@link RunWriter}: owns a lease, a chunk, a request log and a timer. */
class JournalWriter implements RunWriter {
  readonly #paths: LakePaths;
  readonly #lease: Lease;
  readonly #run: Run;
  readonly #settings: Settings;
  readonly #journal: Appender;
  readonly #log: Appender;
  readonly #timer: NodeJS.Timeout;
  readonly #requestLine = createRequestLines();
  #failure: Error | null = null;
  /** Syncs run one after the other. */
  #syncing: Promise<void> = Promise.resolve();
  #folding: Promise<void> = Promise.resolve();
  #closed: string[] = [];
  #lastMs = 0;

  constructor(paths: LakePaths, lease: Lease, run: Run, settings: Settings) {
    this.#paths = paths;
    this.#lease = lease;
    this.#run = run;
    this.#settings = settings;
    this.#journal = new Appender(paths.journal, lease.owner);
    this.#log = new Appender(paths.log, lease.owner);
    this.#timer = setInterval(() => void this.flush().catch(() => null), settings.syncMs);
    this.#timer.unref();
  }

  get pendingBytes(): number {
    return this.#journal.waitingBytes + this.#log.waitingBytes;
  }

  observation(observation: object): void {
    this.#append(observation);
  }

  card(card: object): void {
    this.#append(card);
  }

  request(entry: RequestEntry): void {
    this.#throwIfFailed();
    this.#log.append(this.#requestLine(entry));
  }

  run(run: Run): void {
    this.#append({ ...run, written_at: this.#now() });
  }

  checkpoint(state: unknown): void {
    const { run, scope_hash: scopeHash, shard } = this.#run;
    this.#append({ kind: "checkpoint", run, scope_hash: scopeHash ?? "", shard, at: this.#now(), state });
  }

  flush(): Promise<void> {
    this.#syncing = this.#syncing.then(() => this.#sync());
    return this.#syncing.then(() => this.#throwIfFailed());
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    try {
      await this.flush();
      await this.#finishChunk();
      await this.#log.finish();
      await this.#folding;
      await this.#fold();
      this.#throwIfFailed();
    } finally {
      await this.#lease.release();
    }
  }

  #append(line: object): void {
    this.#throwIfFailed();
    this.#journal.append(lineText(line));
  }

  /** This machine's time, but always after every time given out earlier: of two rows, the one written later counts. */
  #now(): string {
    this.#lastMs = Math.max(systemClock.epochMs(), this.#lastMs + 1);
    return instantOf(this.#lastMs);
  }

  async #sync(): Promise<void> {
    if (this.#failure !== null) return;
    try {
      await this.#log.sync();
      await this.#journal.sync();
      await this.#rotate();
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  async #rotate(): Promise<void> {
    const { chunkBytes, chunkMs, fold } = this.#settings;
    const asked = await closeAsked(this.#paths, this.#lease.owner);
    const old = this.#journal.name !== null && systemClock.monotonicMs() - this.#journal.openedMs >= chunkMs;
    if (asked || this.#log.sizeBytes >= chunkBytes) await this.#log.finish();
    if (!asked && !old && this.#journal.sizeBytes < chunkBytes) return;
    await this.#finishChunk();
    if (fold === "close" && !asked) return;
    this.#folding = this.#folding
      .then(() => this.#fold())
      .catch((error: unknown) => {
        this.#failure = error instanceof Error ? error : new Error(String(error));
      });
  }

  async #finishChunk(): Promise<void> {
    const name = await this.#journal.finish();
    if (name !== null) this.#closed.push(name);
  }

  /** Folds the closed chunks, oldest first. */
  async #fold(): Promise<void> {
    if (this.#closed.length === 0) return;
    const catalog = openCatalog(this.#paths);
    const spill = join(this.#lease.workspace, "spill");
    const engine = await openEngine({ spill, memoryMiB: FOLD_MEMORY_MIB, threads: this.#settings.threads });
    try {
      const place = { paths: this.#paths, catalog, engine, workspace: this.#lease.workspace };
      for (let name = this.#closed[0]; name !== undefined; name = this.#closed[0]) {
        await foldChunk(place, name);
        this.#closed.shift();
      }
      await compactWhenMany(place);
    } finally {
      engine.close();
      catalog.close();
    }
  }

  #throwIfFailed(): void {
    if (this.#failure !== null) throw new Error("the lake cannot be written", { cause: this.#failure });
  }
}

/** How JSON writes half a character; a backslash of its own is written twice, so this may also be found where none is. */
const LONE_SURROGATE = "\\ud";

/** One line of JSON. Half a character, which a stranger may send and no JSON reader takes, becomes U+FFFD. */
function lineText(line: object): string {
  const text = JSON.stringify(line);
  if (!text.includes(LONE_SURROGATE)) return text;
  return JSON.stringify(line, (_, value: unknown) => (typeof value === "string" ? value.toWellFormed() : value));
}
