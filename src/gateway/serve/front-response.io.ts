import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { headFields } from "./head-fields.ts";

/** A piece up to this size is written with its frame as one text. */
const SMALL_BYTES = 16 * 1024;

/** A client that has not taken the end of an answer by then is slow to read. */
const SLOW_MS = 1000;
/** By then it is given up. */
const UNTAKEN_MS = 120_000;

/** How the end of a body is told. */
type Framing = "none" | "length" | "chunks" | "close";

/** An answer on its way to a client: head and first piece go out as one, every piece as one chunk. */
export class FrontResponse {
  readonly #socket: Socket;
  readonly #isHead: boolean;
  readonly #isOld: boolean;
  readonly #keepAliveText: string;
  /** Headers that go out besides those of the answer. */
  #added: readonly string[] = [];
  #head = "";
  #framing: Framing = "none";
  /** Bytes of the body that are still due, where its length is told. */
  #due = 0;
  /** When all of it was said; `null` = not yet. */
  #endedMs: number | null = null;
  #drain: (() => void) | null = null;
  #close: (() => void) | null = null;
  #untaken: (() => void) | null = null;
  readonly #done: () => void;
  headersSent = false;
  /** Whether the last byte has been handed to the kernel. */
  writableFinished = false;
  /** Whether the connection goes on after this answer. */
  shouldKeepAlive: boolean;

  /** @param done - is called once, when all is out. */
  constructor(
    socket: Socket,
    request: { readonly isHead: boolean; readonly isOld: boolean; readonly keepsAlive: boolean },
    keepAliveText: string,
    done: () => void,
  ) {
    this.#socket = socket;
    this.#isHead = request.isHead;
    this.#isOld = request.isOld;
    this.shouldKeepAlive = request.keepsAlive;
    this.#keepAliveText = keepAliveText;
    this.#done = done;
  }

  /** Calls back once, when the answer is out or the connection has ended. */
  onClose(hear: () => void): void {
    this.#close = hear;
  }

  /** Calls back when there is room again. */
  onDrain(hear: () => void): void {
    this.#drain = hear;
  }

  /** Adds headers (name, value, …) to whatever head will be written. */
  addHeaders(headers: readonly string[]): void {
    this.#added = [...this.#added, ...headers];
  }

  writeContinue(): void {
    this.#socket.write("HTTP/1.1 100 Continue\r\n\r\n", "latin1");
  }

  /** Sets the head; it goes out with what is written first. */
  writeHead(status: number, headers: readonly string[]): void {
    if (this.headersSent) throw new TypeError("the head has been written");
    this.headersSent = true;
    const fields = headFields(headers);
    const hasNoBody = status < 200 || status === 204 || status === 304;
    if (hasNoBody || this.#isHead) this.#framing = "none";
    else if (fields.length !== null) this.#framing = "length";
    else this.#framing = this.#isOld ? "close" : "chunks";
    if (this.#framing === "close" || fields.closes) this.shouldKeepAlive = false;
    this.#due = fields.length ?? 0;
    const added = this.#added.length === 0 ? "" : headFields(this.#added).text;
    const coding = this.#framing === "chunks" ? "Transfer-Encoding: chunked\r\n" : "";
    const goesOn = this.shouldKeepAlive ? this.#keepAliveText : fields.closes ? "" : "Connection: close\r\n";
    this.#head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${fields.text}${added}${coding}${goesOn}\r\n`;
  }

  /** Writes a piece of the body. @returns false when there is no room: {@link onDrain} tells when there is. */
  write(piece: Buffer): boolean {
    if (this.#endedMs !== null || this.#socket.destroyed) return true;
    const head = this.#head;
    this.#head = "";
    const bytes = this.#fit(piece);
    if (bytes.length === 0) return head === "" || this.#socket.write(head, "latin1");
    const isFramed = this.#framing === "chunks";
    if (bytes.length <= SMALL_BYTES) {
      const text = bytes.toString("latin1");
      return this.#socket.write(
        isFramed ? `${head}${bytes.length.toString(16)}\r\n${text}\r\n` : head + text,
        "latin1",
      );
    }
    this.#socket.cork();
    const before = isFramed ? `${head}${bytes.length.toString(16)}\r\n` : head;
    if (before !== "") this.#socket.write(before, "latin1");
    let isRoom = this.#socket.write(bytes);
    if (isFramed) isRoom = this.#socket.write("\r\n", "latin1");
    this.#socket.uncork();
    return isRoom;
  }

  /** Writes a last piece, if any, and ends the answer. */
  end(last: Buffer | null): void {
    if (this.#endedMs !== null || this.#socket.destroyed) return;
    if (last !== null && last.length > SMALL_BYTES) {
      this.write(last);
      this.#finish("");
      return;
    }
    const text = last === null ? "" : this.#fit(last).toString("latin1");
    this.#finish(this.#framing === "chunks" && text !== "" ? `${text.length.toString(16)}\r\n${text}\r\n` : text);
  }

  /** Calls back once, when all is said and the client is slow to take it. */
  onUntaken(hear: () => void): void {
    this.#untaken = hear;
  }

  /** Whether all was said so long ago that a client which has still not taken it is given up. */
  isGivenUp(nowMs: number): boolean {
    const sinceMs = this.#endedMs === null ? 0 : nowMs - this.#endedMs;
    if (sinceMs > SLOW_MS) {
      this.#untaken?.();
      this.#untaken = null;
    }
    return sinceMs > UNTAKEN_MS;
  }

  /** Breaks the connection. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** There is room again. */
  drained(): void {
    const hear = this.#drain;
    this.#drain = null;
    hear?.();
  }

  /** The answer is out, or the connection has ended under it. */
  closed(): void {
    const hear = this.#close;
    this.#close = null;
    hear?.();
  }

  #finish(text: string): void {
    this.#endedMs = performance.now();
    // Less than was announced: the client must not take what comes next for the rest.
    if (this.#framing === "length" && this.#due > 0) this.shouldKeepAlive = false;
    const end = this.#framing === "chunks" ? "0\r\n\r\n" : "";
    const head = this.#head;
    this.#head = "";
    this.#socket.write(head + text + end, "latin1", this.#written);
  }

  /** What of a piece the framing lets through: nothing where there is no body, never more than was announced. */
  #fit(piece: Buffer): Buffer {
    if (this.#framing === "none") return piece.subarray(0, 0);
    if (this.#framing !== "length") return piece;
    const fitting = piece.length > this.#due ? piece.subarray(0, this.#due) : piece;
    this.#due -= fitting.length;
    return fitting;
  }

  readonly #written = (error?: Error | null): void => {
    if (error !== null && error !== undefined) return;
    this.writableFinished = true;
    this.closed();
    this.#done();
  };
}
