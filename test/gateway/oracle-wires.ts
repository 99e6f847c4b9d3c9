import type { Dice } from "./oracle-dice.ts";

/** Bytes of connections that carry one request near a good one, something that may hide in it, and a plain one behind. */
export interface AskedWire {
  readonly text: string;
}

const CHAT = '{"model":"llama3","stream":false,"messages":[{"role":"user","content":"tokens=1"}]}';
const HIDDEN = 'POST /api/pull HTTP/1.1\r\nHost: x\r\nContent-Length: 18\r\n\r\n{"model":"secret"}';
const DENIED = '{"model":"secret"}';

function chunked(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
}

const HEADERS = [
  "Content-Length: 0",
  "Content-Length: 5",
  "Content-Length : 5",
  "Content-Length: +83",
  "Content-Length: 83, 83",
  "content-length: 83",
  "Content_Length: 5",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: identity",
  "Transfer-Encoding: xchunked",
  "Transfer-Encoding: chunked, identity",
  "Transfer-Encoding:\tchunked",
  "Transfer-Encoding : chunked",
  "transfer-Encoding: \u000bchunked",
  "Transfer_Encoding: chunked",
  "Host: evil.example",
  "Authorization: Bearer x",
  "X-Api-Key: x",
  "Cookie: a=b",
  "X_Forwarded_User: root",
  "X-Forwarded-For: 192.0.2.9",
  "X-Original-URL: /api/pull",
  "X-Rewrite-URL: /api/pull",
  "X-HTTP-Method-Override: DELETE",
  "Connection: close, host, content-length",
  "Connection: keep-alive",
  "Upgrade: h2c",
  "Expect: 100-continue",
  "Content-Encoding: gzip",
  "Content-Encoding: identity",
  "Content-Type: text/plain",
  "Accept: */*\r\n folded",
  "User-Agent: a\u0000b",
  "User-Agent: a\rb",
  "User-Agent: a\nPOST /api/pull HTTP/1.1",
  "Accept: \u00e9",
  ": nothing",
  "no colon",
  "Trailer: x",
  "TE: trailers",
];
const VERSIONS = ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.1 ", "HTTP/2.0", "http/1.1", "HTTP/1.10"];
const ENDS = ["\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r\r\n"];
const PATHS = [
  "/api/chat",
  "/api/chat",
  "/api/chat",
  "/api/chat",
  "/api/pull",
  "/api/chat HTTP/1.1\r\nX: ",
  "/api/chat#",
  "http://localhost/api/pull",
];

/** One connection's bytes; `key` is a good one. */
export function fuzzWire(dice: Dice, key: string): AskedWire {
  const isChunked = dice.once(3);
  const text = dice.once(8) ? DENIED : CHAT;
  const behind = dice.once(3) ? HIDDEN : "";
  const body = isChunked ? chunked(dice.once(5) ? text + behind : text) : text;
  const framing = isChunked
    ? "Transfer-Encoding: chunked"
    : `Content-Length: ${body.length + (dice.once(6) ? dice.roll(40) - 20 : 0)}`;
  const headers = ["Host: localhost", `Authorization: Bearer ${key}`, framing];
  for (let turns = dice.roll(3); turns > 0; turns -= 1)
    headers.splice(dice.roll(headers.length + 1), 0, dice.pick(HEADERS));
  if (dice.once(10)) headers.splice(dice.roll(headers.length), 1);
  const end = (): string => (dice.once(8) ? dice.pick(ENDS) : "\r\n");
  const line = `POST ${dice.once(4) ? dice.pick(PATHS) : "/api/chat"} ${dice.once(6) ? dice.pick(VERSIONS) : "HTTP/1.1"}`;
  const head = [line, ...headers].map((one) => one + end()).join("") + end();
  return {
    text: `${head}${body}${behind}GET /api/version HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n\r\n`,
  };
}
