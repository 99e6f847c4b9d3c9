import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "../../machine/atomic-file.io.ts";

/** Text for one file, in the order it was added; a later piece may go to a later file. */
interface Piece {
  readonly name: string;
  text: string;
}

/** Bytes under way: what a full disk left over is written from where it stopped. */
interface InHand {
  readonly name: string;
  readonly bytes: Buffer;
  written: number;
}

/** Writes pieces of text to files in order; a failed write loses nothing: the next one goes on where it stopped. */
export class AuditWriter {
  readonly #folder: string;
  readonly #first: string;
  #queue: Piece[] = [];
  #inHand: InHand | null = null;
  #open: { readonly name: string; readonly file: FileHandle } | null = null;
  #position: number;
  #pending = 0;
  #isUnsynced = false;

  /** `sizeBytes` is the size of the file `name` as it is now; the first piece goes there if it bears that name. */
  constructor(folder: string, name: string, sizeBytes: number) {
    this.#folder = folder;
    this.#position = sizeBytes;
    this.#first = name;
  }

  /** Characters and bytes not yet written. */
  get pending(): number {
    return this.#pending;
  }

  /** Adds text to the file `name`, behind all that was added before. */
  add(name: string, text: string): void {
    const last = this.#queue.at(-1);
    if (last?.name === name) last.text += text;
    else this.#queue.push({ name, text });
    this.#pending += text.length;
  }

  /** Writes what was added; throws what the system says, and may be called again then. One call at a time. */
  async write(): Promise<void> {
    for (;;) {
      this.#inHand ??= this.#take();
      if (this.#inHand === null) return;
      const file = await this.#fileFor(this.#inHand.name);
      const hand = this.#inHand;
      while (hand.written < hand.bytes.length) {
        this.#isUnsynced = true;
        const { bytesWritten } = await file.write(hand.bytes, hand.written, null, this.#position);
        hand.written += bytesWritten;
        this.#position += bytesWritten;
        this.#pending = Math.max(0, this.#pending - bytesWritten);
      }
      this.#inHand = null;
      if (this.#queue.length === 0) this.#pending = 0;
    }
  }

  /** Puts on the disk what was written; throws what the system says. */
  async sync(): Promise<void> {
    if (!this.#isUnsynced || this.#open === null) return;
    this.#isUnsynced = false;
    try {
      await this.#open.file.datasync();
    } catch (error) {
      this.#isUnsynced = true;
      throw error;
    }
  }

  async close(): Promise<void> {
    const last = this.#open;
    this.#open = null;
    await last?.file.close();
  }

  #take(): InHand | null {
    const piece = this.#queue.shift();
    return piece === undefined ? null : { name: piece.name, bytes: Buffer.from(piece.text), written: 0 };
  }

  async #fileFor(name: string): Promise<FileHandle> {
    if (this.#open?.name === name) return this.#open.file;
    const before = this.#open;
    if (before !== null) {
      await this.sync();
      this.#open = null;
      await before.file.close();
    }
    const isNew = before !== null || name !== this.#first;
    const file = await open(join(this.#folder, name), isNew ? "wx" : "r+", 0o600).catch(async (error: unknown) => {
      if (isNew || !(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
      return open(join(this.#folder, name), "wx", 0o600);
    });
    if (isNew) this.#position = 0;
    this.#open = { name, file };
    await syncFolder(this.#folder);
    return file;
  }
}
