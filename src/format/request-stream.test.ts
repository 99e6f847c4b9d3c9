import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RequestStream } from "./request-stream.ts";

/** What was read of a request. */
interface Read {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly string[];
  body: string;
  isWhole: boolean;
}

/** Reads bytes that come in pieces of so many: all requests, and whether a fault ended the reading. */
function readOurs(bytes: Buffer, pieceBytes: number): { readonly requests: readonly Read[]; readonly fault: string } {
  const requests: Read[] = [];
  const last = (): Read | undefined => requests.at(-1);
  const stream = new RequestStream({
    head: ({ method, target, headers }) => void requests.push({ method, target, headers, body: "", isWhole: false }),
    body: (from, start, end) => {
      const request = last();
      if (request !== undefined) request.body += from.toString("latin1", start, end);
    },
  });
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const piece = bytes.subarray(from, from + pieceBytes);
    let at = 0;
    while (at < piece.length) {
      const next = stream.read(piece, at);
      if (typeof next === "string") return { requests, fault: next };
      at = next;
      const request = last();
      if (!stream.isDone || request === undefined) continue;
      request.isWhole = true;
      stream.next();
    }
  }
  return { requests, fault: "" };
}

let server: Server;
let seen: Read[] = [];
beforeAll(async () => {
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = "", url: target = "", rawHeaders: headers } = request;
    const read: Read = { method, target, headers, body: "", isWhole: false };
    seen.push(read);
    request.setEncoding("latin1");
    request.on("data", (text: string) => {
      read.body += text;
    });
    request.on("end", () => {
      read.isWhole = true;
      response.end();
    });
  };
  server = createServer({ requireHostHeader: false, insecureHTTPParser: false, keepAliveTimeout: 0 }, take);
  server.on("checkContinue", take);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});
afterAll(() => void server.close());

/** The same bytes sent to Node's own server over a real socket. */
function readByNode(bytes: Buffer): Promise<readonly Read[]> {
  seen = [];
  const mine = seen;
  return new Promise((resolve) => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(mine));
    socket.resume();
    socket.end(bytes);
  });
}

const HOST = "Host: x\r\n";
const GOOD = {
  get: `GET /api/tags HTTP/1.1\r\n${HOST}\r\n`,
  post: `POST /api/chat?x=1 HTTP/1.1\r\n${HOST}Content-Length: 5\r\nX:\t y \r\n\r\nhello`,
  chunks: `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: Chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n`,
  trailers: `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n`,
  old: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
  expecting: `POST / HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Length: 2\r\n\r\nok`,
  head: `HEAD / HTTP/1.1\r\n${HOST}\r\n`,
  two: `GET /a HTTP/1.1\r\n${HOST}\r\nPOST /b HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\nok`,
} as const;

test.for(Object.entries(GOOD))("%s is read as Node reads it, in pieces of any size", async ([, text]) => {
  const bytes = Buffer.from(text, "latin1");
  const theirs = await readByNode(bytes);
  expect(theirs.length).toBeGreaterThan(0);
  for (const pieceBytes of [1, 2, 3, 7, bytes.length])
    expect(readOurs(bytes, pieceBytes)).toEqual({ requests: theirs, fault: "" });
});

const HOSTILE = {
  "blank line before": `\r\nHEAD / HTTP/1.1\r\n${HOST}\r\n`,
  "two lengths": `POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`,
  "length and chunks": `POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  "signed length": `POST / HTTP/1.1\r\n${HOST}Content-Length: +5\r\n\r\nhello`,
  "list of lengths": `POST / HTTP/1.1\r\n${HOST}Content-Length: 5, 5\r\n\r\nhello`,
  "hex length": `POST / HTTP/1.1\r\n${HOST}Content-Length: 0x5\r\n\r\nhello`,
  "other coding": `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  "chunked last but one": `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
  "two codings": `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n`,
  "coding behind a strange blank": `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n`,
  "chunks of old": "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "bad size": `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n`,
  "size with an extension": `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n`,
  "huge size": `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n100000000000000005\r\nhello\r\n0\r\n\r\n`,
  "long chunk": `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n`,
  "framing in a trailer": `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n\r\n`,
  "bare line feed": `GET / HTTP/1.1\n${HOST}\r\n\r\n`,
  "bare line feed in a header": `GET / HTTP/1.1\r\n${HOST}X: y\nZ: z\r\n\r\n`,
  "bare return": `GET / HTTP/1.1\r\n${HOST}X: y\rZ: z\r\n\r\n`,
  folding: `GET / HTTP/1.1\r\n${HOST}X: a\r\n b\r\n\r\n`,
  "blank before colon": `POST / HTTP/1.1\r\n${HOST}Content-Length : 5\r\n\r\nhello`,
  "no colon": `GET / HTTP/1.1\r\n${HOST}nothing\r\n\r\n`,
  "no name": `GET / HTTP/1.1\r\n${HOST}: nothing\r\n\r\n`,
  "control character": `GET / HTTP/1.1\r\n${HOST}X: a\u0000b\r\n\r\n`,
  "two blanks": `GET  / HTTP/1.1\r\n${HOST}\r\n`,
  "tab in the line": `GET\t/ HTTP/1.1\r\n${HOST}\r\n`,
  "no protocol": `GET /\r\n${HOST}\r\n`,
  "other protocol": `GET / HTTP/2.0\r\n${HOST}\r\n`,
  "protocol in small letters": `GET / http/1.1\r\n${HOST}\r\n`,
  "unknown method": `PULL / HTTP/1.1\r\n${HOST}\r\n`,
  connect: `CONNECT x:1 HTTP/1.1\r\n${HOST}\r\n`,
  "TLS to a plain port": "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
  "long head": `GET / HTTP/1.1\r\n${HOST}X: ${"a".repeat(20_000)}\r\n\r\n`,
  "many fields": `GET / HTTP/1.1\r\n${HOST}${"X: y\r\n".repeat(200)}\r\n`,
  "other expectation": `POST / HTTP/1.1\r\n${HOST}Expect: wonders\r\nContent-Length: 2\r\n\r\nok`,
} as const;

test.for(Object.entries(HOSTILE))("%s is refused, in pieces of any size", ([, text]) => {
  const bytes = Buffer.from(text, "latin1");
  for (const pieceBytes of [1, 13, bytes.length]) {
    const { requests, fault } = readOurs(bytes, pieceBytes);
    expect(fault).not.toBe("");
    expect(requests.filter(({ isWhole }) => isWhole)).toEqual([]);
  }
});

const PIECES =
  `\r\n|\r|\n| |\t|:|0|5|a|\u0000|\u00ff|,|;|\r\n\r\n|Content-Length: 5\r\n|Transfer-Encoding: chunked\r\n|GET / HTTP/1.1\r\n|\
Connection: close\r\n|3\r\nabc\r\n|Upgrade: x\r\nConnection: upgrade\r\n|HTTP/1.0`.split("|");

/** Requests near good ones, one behind another. */
const nearlyGood = fc
  .tuple(
    fc.array(fc.constantFrom(...Object.values(GOOD)), { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(400), fc.nat(3), fc.constantFrom("", ...PIECES)), { maxLength: 3 }),
  )
  .map(([texts, changes]) =>
    changes.reduce((now, [at, cut, put]) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + put + now.slice(place + cut);
    }, texts.join("")),
  );

test("whatever comes: what is taken for requests Node takes for the same ones", { timeout: 120_000 }, async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(nearlyGood, fc.integer({ min: 1, max: 60 }), async (text, pieceBytes) => {
      const bytes = Buffer.from(text, "latin1");
      const ours = readOurs(bytes, pieceBytes).requests.filter(({ isWhole }) => isWhole);
      expect(readOurs(bytes, bytes.length + 1).requests.filter(({ isWhole }) => isWhole)).toEqual(ours);
      if (ours.length === 0) return;
      taken += ours.length;
      // Node ends a connection after a request that says so, or that it cannot go on behind.
      const theirs = await readByNode(bytes);
      expect(ours.slice(0, theirs.length)).toEqual(theirs.slice(0, ours.length));
      expect(theirs.length).toBeGreaterThan(0);
    }),
    { numRuns: 4000 },
  );
  expect(taken).toBeGreaterThan(300);
});
