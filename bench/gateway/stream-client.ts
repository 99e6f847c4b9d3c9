import { connect, type Socket } from "node:net";
import { AnswerReader } from "./http-answer.ts";
import { orderOf } from "./stream-upstream.ts";

/** Where a proxy listens, and the key that it wants. */
export interface Door {
  readonly port: number;
  readonly key: string;
}

/** What came of one stream. */
export interface StreamTale {
  /** Milliseconds from the upstream's writing of each text chunk to its arrival. */
  readonly delays: number[];
  /** When each text chunk arrived. */
  readonly arrivals: number[];
  /** HTTP chunks that held more than one text chunk, and such that held less than one. */
  merged: number;
  split: number;
  /** From the request's writing to the first text chunk. */
  firstMs: number;
  status: number;
}

/** A stream that is open. */
export interface OpenStream {
  readonly tale: StreamTale;
  /** Resolves when the answer is whole or the connection is gone. */
  readonly ended: Promise<void>;
  /** Resolves with the first text chunk. */
  readonly begun: Promise<void>;
  /** Leaves as a client does that is shut: returns when (`performance.now`). */
  leave(): number;
}

let streams = 0;

/** A name that no other stream of this run has. */
export function nextName(): string {
  streams += 1;
  return `s${streams}`;
}

/** A request as a client of Ollama's sends it. */
export function chatRequest({ key }: Door, body: string): string {
  return `POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1:11434\r\nAuthorization: Bearer ${key}\r\nUser-Agent: bench\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** Connects without delay of small writes. */
export function dial(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    socket.once("error", reject);
    socket.once("connect", () => resolve(socket));
  });
}

/** Asks for so many chunks, one every so many milliseconds, on a connection of its own. */
export async function openStream(
  door: Door,
  { name = nextName(), chunks, everyMs }: { readonly name?: string; readonly chunks: number; readonly everyMs: number },
): Promise<OpenStream> {
  const socket = await dial(door.port);
  const tale: StreamTale = { delays: [], arrivals: [], merged: 0, split: 0, firstMs: Number.NaN, status: 0 };
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let nowMs = 0;
  let askedMs = 0;
  const reader = new AnswerReader({
    chunk: (text) => {
      note(tale, text, nowMs);
      if (!Number.isNaN(tale.firstMs)) return;
      tale.firstMs = nowMs - askedMs;
      begun.resolve();
    },
    end: (status) => {
      tale.status = status;
      socket.destroy();
    },
  });
  socket.on("data", (bytes) => {
    nowMs = performance.now();
    reader.read(bytes);
  });
  socket.on("error", () => undefined);
  socket.once("close", () => {
    begun.resolve();
    ended.resolve();
  });
  const prompt = orderOf(name, chunks, everyMs);
  askedMs = performance.now();
  socket.write(
    chatRequest(door, `{"model":"bench:latest","messages":[{"role":"user","content":"${prompt}"}],"stream":true}`),
  );
  return {
    tale,
    begun: begun.promise,
    ended: ended.promise,
    leave: () => {
      socket.destroy();
      return performance.now();
    },
  };
}

const STAMP = '"content":"';

function note(tale: StreamTale, text: string, nowMs: number): void {
  const lines = text.split("\n");
  const rest = lines.pop() ?? "";
  const texts = lines.filter((line) => line.includes('"done":false'));
  if (lines.length > 1) tale.merged += 1;
  if (rest !== "") tale.split += 1;
  for (const line of texts) {
    const from = line.indexOf(STAMP) + STAMP.length;
    tale.delays.push(nowMs - Number(line.slice(from, from + 14)));
    tale.arrivals.push(nowMs);
  }
}
