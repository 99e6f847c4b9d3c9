import { createServer, type Socket } from "node:net";

/** What a streaming upstream saw of one request that it answered. */
export interface Served {
  readonly name: string;
  /** When the connection ended under a stream that was not done (`performance.now`); null until then. */
  cutMs: number | null;
}

/** An upstream that answers as Ollama does, at a pace the prompt orders. */
export interface StreamUpstream {
  readonly port: number;
  /** Streams at work. */
  readonly open: number;
  /** The request that ordered this name. */
  served(name: string): Served | undefined;
  stop(): void;
}

/** The prompt that orders a stream: so many chunks, one every so many milliseconds. */
export function orderOf(name: string, chunks: number, everyMs: number): string {
  return `name=${name} chunks=${chunks} every=${everyMs};`;
}

const ORDER = /name=([\w-]{1,40}) chunks=(\d{1,6}) every=(\d{1,5});/u;
const HEAD =
  "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nTransfer-Encoding: chunked\r\n\r\n";
const LAST =
  '{"model":"bench:latest","created_at":"2026-01-01T00:00:00.000000000Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":1400000000,"load_duration":1000000,"prompt_eval_count":30,"prompt_eval_duration":20000000,"eval_count":64,"eval_duration":1300000000}\n';
const LARGEST_HEAD = 16_384;

/** The list of models that both upstreams of the bench answer. */
export const TAGS = JSON.stringify({
  models: ["llama3:latest", "bench:latest"].map((name) => ({ name, model: name, size: 1, digest: "0".repeat(64) })),
});

/** One text chunk as Ollama writes it; the text is the time of its writing, so that the client knows its way's length. */
function chunkLine(): string {
  const stamp = performance.now().toFixed(3).padStart(14, "0");
  return `{"model":"bench:latest","created_at":"2026-01-01T00:00:00.000000000Z","message":{"role":"assistant","content":"${stamp}"},"done":false}\n`;
}

const framed = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

/** Reads requests whole (of large bodies the beginning is kept alone) and answers one after another. */
class Connection {
  readonly #socket: Socket;
  readonly #owner: Owner;
  #head = "";
  #body = "";
  #left = -1;
  #timer: NodeJS.Timeout | null = null;
  #served: Served | null = null;

  constructor(socket: Socket, owner: Owner) {
    this.#socket = socket;
    this.#owner = owner;
  }

  /** Takes what arrived. */
  read(bytes: Buffer): void {
    if (this.#left < 0) {
      this.#head += bytes.toString("latin1");
      const end = this.#head.indexOf("\r\n\r\n");
      if (end < 0 && this.#head.length > LARGEST_HEAD) this.#socket.destroy();
      if (end < 0) return;
      const head = this.#head.slice(0, end);
      if (/\r\ntransfer-encoding:/iu.test(head)) throw new Error("a proxy sent a body without its length");
      const length = /\r\ncontent-length: *(\d+)/iu.exec(head)?.[1] ?? "0";
      this.#body = this.#head.slice(end + 4, end + 4 + LARGEST_HEAD);
      this.#left = Number(length) - (this.#head.length - end - 4);
    } else {
      if (this.#body.length < LARGEST_HEAD) this.#body += bytes.toString("latin1", 0, LARGEST_HEAD);
      this.#left -= bytes.length;
    }
    if (this.#left === 0) this.#answer();
  }

  #answer(): void {
    const [, name = "", chunks = "0", every = "0"] = ORDER.exec(this.#body) ?? [];
    this.#head = "";
    this.#left = -1;
    if (name === "") {
      const length = String(TAGS.length);
      this.#socket.write(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${TAGS}`,
      );
      return;
    }
    this.#served = { name, cutMs: null };
    this.#owner.began(this.#served);
    this.#socket.write(HEAD + framed(chunkLine()));
    this.#later(performance.now(), 1, Number(chunks), Number(every));
  }

  /** The pace does not drift: each chunk's time counts from the first's. */
  #later(sinceMs: number, sent: number, chunks: number, everyMs: number): void {
    const atMs = sinceMs + sent * everyMs;
    this.#timer = setTimeout(
      () => {
        if (sent < chunks) {
          this.#socket.write(framed(chunkLine()));
          this.#later(sinceMs, sent + 1, chunks, everyMs);
          return;
        }
        this.#socket.write(`${framed(LAST)}0\r\n\r\n`);
        this.#done();
      },
      Math.max(0, atMs - performance.now()),
    );
  }

  #done(): void {
    if (this.#served !== null) this.#owner.ended();
    this.#served = null;
    this.#timer = null;
  }

  /** The other side has left. */
  gone(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#served !== null) this.#served.cutMs = performance.now();
    this.#done();
    this.#socket.destroy();
  }
}

function hear(connection: Connection, socket: Socket): void {
  socket.setNoDelay(true);
  socket.on("data", (bytes) => connection.read(bytes));
  socket.on("error", () => undefined);
  socket.on("end", () => connection.gone());
  socket.on("close", () => connection.gone());
}

interface Owner {
  began(served: Served): void;
  ended(): void;
}

/** Listens on a free port of 127.0.0.1. */
export function startStreamUpstream(): Promise<StreamUpstream> {
  const known = new Map<string, Served>();
  const sockets = new Set<Socket>();
  let open = 0;
  const owner: Owner = {
    began: (served) => {
      known.set(served.name, served);
      open += 1;
    },
    ended: () => {
      open -= 1;
    },
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    hear(new Connection(socket, owner), socket);
  });
  return new Promise((resolve) => {
    server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
      const bound = server.address();
      resolve({
        port: typeof bound === "object" && bound !== null ? bound.port : 0,
        get open() {
          return open;
        },
        served: (name) => known.get(name),
        stop: () => {
          server.close();
          for (const socket of sockets) socket.destroy();
        },
      });
    });
  });
}
