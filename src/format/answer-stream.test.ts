import { Buffer } from "node:buffer";
import { get } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AnswerStream } from "./answer-stream.ts";
import type { AnswerHead } from "./answer-stream.ts";

/** What was read of an answer. */
interface Read {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** Reads bytes that come in pieces of so many, and then the connection's end; null for what is no answer. */
function readOurs(bytes: Buffer, pieceBytes: number, isHead = false): Read | null {
  const heads: AnswerHead[] = [];
  let body = "";
  const stream = new AnswerStream(isHead, {
    head: (found) => void heads.push(found),
    body: (from, start, end) => {
      body += from.toString("latin1", start, end);
    },
  });
  for (let at = 0; at < bytes.length; at += pieceBytes)
    if (stream.read(bytes.subarray(at, at + pieceBytes)) !== null) return null;
  const [head] = heads;
  return stream.close() !== null || head === undefined ? null : { status: head.status, headers: head.headers, body };
}

let server: Server;
let served: Buffer = Buffer.alloc(0);
beforeAll(async () => {
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(served));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});
afterAll(() => void server.close());

/** The same bytes from a real socket, read by Node's own parser; null where it refuses or the body breaks off. */
function readByNode(bytes: Buffer): Promise<Read | null> {
  served = bytes;
  return new Promise((resolve) => {
    const request = get({ port: (server.address() as AddressInfo).port, host: "127.0.0.1", agent: false }, (answer) => {
      let body = "";
      answer.setEncoding("latin1");
      answer.on("data", (text: string) => {
        body += text;
      });
      answer.on("error", () => resolve(null));
      answer.on("end", () => {
        resolve(answer.complete ? { status: answer.statusCode ?? 0, headers: answer.rawHeaders, body } : null);
      });
    });
    request.on("error", () => resolve(null));
  });
}

const GOOD = {
  length: "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 5\r\n\r\nhello",
  chunks: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
  trailers: "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n",
  close: "HTTP/1.1 200 OK\r\nX: \t y\t \r\n\r\nhello",
  old: "HTTP/1.0 200 Fine\r\n\r\nhello",
  none: "HTTP/1.1 204 No Content\r\n\r\n",
  "not modified": "HTTP/1.1 304 \r\nContent-Length: 5\r\n\r\n",
  interim:
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
  empty: "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
} as const;

test.for(Object.entries(GOOD))("%s is read as Node reads it, in pieces of any size", async ([, text]) => {
  const bytes = Buffer.from(text, "latin1");
  const theirs = await readByNode(bytes);
  expect(theirs).not.toBeNull();
  for (const pieceBytes of [1, 2, 3, 7, bytes.length]) expect(readOurs(bytes, pieceBytes)).toEqual(theirs);
});

const HOSTILE = {
  "two lengths": "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
  "two lengths in one": "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
  "length and chunks": "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "signed length": "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
  "length with a strange blank": "HTTP/1.1 200 OK\r\nContent-Length: 5\u00a0\r\n\r\nhello",
  "other coding": "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
  "two codings": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "chunks of old": "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "bad size": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
  "negative size": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
  "huge size": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100000000000000005\r\nhello\r\n0\r\n\r\n",
  "long chunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n",
  "bare line feed": "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
  "bare line feed in chunks": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n",
  folding: "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 5\r\n\r\nhello",
  "blank before colon": "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello",
  "control character": "HTTP/1.1 200 OK\r\nX: a\u0000b\r\nContent-Length: 5\r\n\r\nhello",
  "bare return": "HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: b\r\nContent-Length: 5\r\n\r\nhello",
  "other protocol": "HTTP/2.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
  "no status": "HTTP/1.1 OK\r\nContent-Length: 5\r\n\r\nhello",
  upgrade: "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nhello",
  "early close": "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
  "early close in chunks": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
  "answer behind": `${GOOD.length}${GOOD.length}`,
  "body of none": "HTTP/1.1 204 No Content\r\n\r\nhello",
  "long head": `HTTP/1.1 200 OK\r\nX: ${"a".repeat(40_000)}\r\nContent-Length: 5\r\n\r\nhello`,
  "many fields": `HTTP/1.1 200 OK\r\n${"X: y\r\n".repeat(200)}Content-Length: 5\r\n\r\nhello`,
  "interim for ever": `${"HTTP/1.1 100 Continue\r\n\r\n".repeat(50)}${GOOD.length}`,
  "long trailer": `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${"X: y\r\n".repeat(2000)}\r\n`,
} as const;

test.for(Object.entries(HOSTILE))("%s is refused, in pieces of any size", ([, text]) => {
  const bytes = Buffer.from(text, "latin1");
  for (const pieceBytes of [1, 13, bytes.length]) expect(readOurs(bytes, pieceBytes)).toBeNull();
});

test("an answer to a HEAD has no body, whatever it says", () => {
  const bytes = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
  expect(readOurs(bytes, 9, true)).toEqual({ status: 200, headers: ["Content-Length", "5"], body: "" });
});

const CHARS = [
  "\r\n",
  "\r",
  "\n",
  " ",
  "\t",
  ":",
  "0",
  "5",
  "a",
  "\u0000",
  "\u00ff",
  ",",
  ";",
  "\r\n\r\n",
  "Content-Length: 5\r\n",
];
const PIECES = [
  ...CHARS,
  "Transfer-Encoding: chunked\r\n",
  "HTTP/1.1 200 OK\r\n",
  "Connection: close\r\n",
  "3\r\nabc\r\n",
];

/** An answer near a good one. */
const nearlyGood = fc
  .tuple(
    fc.constantFrom(...Object.values(GOOD)),
    fc.array(fc.tuple(fc.nat(200), fc.nat(3), fc.constantFrom("", ...PIECES)), { maxLength: 3 }),
  )
  .map(([text, changes]) =>
    changes.reduce((now, [at, cut, put]) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + put + now.slice(place + cut);
    }, text as string),
  );

test("whatever comes: what is taken for an answer Node takes for the same one", { timeout: 120_000 }, async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(nearlyGood, fc.integer({ min: 1, max: 60 }), async (text, pieceBytes) => {
      const bytes = Buffer.from(text, "latin1");
      const ours = readOurs(bytes, pieceBytes);
      expect(readOurs(bytes, bytes.length + 1)).toEqual(ours);
      if (ours === null) return;
      taken += 1;
      expect(await readByNode(bytes)).toEqual(ours);
    }),
    { numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(300);
});
