import { isIPv6 } from "node:net";
import type { Passage } from "../packets/wire.ts";

/** Addresses and port of the server in every capture. */
const SERVER_4 = "10.20.0.10";
const SERVER_6 = "fd00:20::10";
const PORT = 11_434;
const [SYN, ACK, PSH, FIN] = [2, 16, 8, 1] as const;

/** Bytes of a capture (libpcap, Ethernet, little-endian, microseconds): a TCP connection for every passage, its sums right. */
export function pcapOf(passages: readonly Passage[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(1, 20);
  return Buffer.concat([header, ...passages.flatMap((passage, index) => connection(passage, 40_000 + index))]);
}

function connection(passage: Passage, clientPort: number): readonly Buffer[] {
  const asked = Buffer.from(requestText(passage));
  const answered = Buffer.from(answerText(passage));
  const [c, s] = [1000, 9000];
  const steps: readonly Step[] = [
    { fromClient: true, flags: SYN, seq: c, ack: 0, bytes: NONE },
    { fromClient: false, flags: SYN | ACK, seq: s, ack: c + 1, bytes: NONE },
    { fromClient: true, flags: ACK, seq: c + 1, ack: s + 1, bytes: NONE },
    { fromClient: true, flags: PSH | ACK, seq: c + 1, ack: s + 1, bytes: asked },
    { fromClient: false, flags: PSH | ACK, seq: s + 1, ack: c + 1 + asked.length, bytes: answered },
    { fromClient: true, flags: FIN | ACK, seq: c + 1 + asked.length, ack: s + 1 + answered.length, bytes: NONE },
    { fromClient: false, flags: FIN | ACK, seq: s + 1 + answered.length, ack: c + 2 + asked.length, bytes: NONE },
    { fromClient: true, flags: ACK, seq: c + 2 + asked.length, ack: s + 2 + answered.length, bytes: NONE },
  ];
  return steps.map((step, index) => record(passage.at * 1000 + index * 1000, frame(passage.client, clientPort, step)));
}

interface Step {
  readonly fromClient: boolean;
  readonly flags: number;
  readonly seq: number;
  readonly ack: number;
  readonly bytes: Buffer;
}

const NONE = Buffer.alloc(0);

function requestText({ request }: Passage): string {
  const { method, uri, agent } = request ?? { method: "GET", uri: "/", agent: "" };
  const body = method === "POST" ? "{}" : "";
  const length = method === "POST" ? `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n` : "";
  const name = agent === "" ? "" : `User-Agent: ${agent}\r\n`;
  return `${method} ${uri} HTTP/1.1\r\nHost: server.example:${PORT}\r\n${name}${length}\r\n${body}`;
}

function answerText({ request }: Passage): string {
  const { method, status } = request ?? { method: "GET", status: 200 };
  const body = method === "HEAD" ? "" : "{}";
  return `HTTP/1.1 ${status} Told\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function record(atUs: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(Math.floor(atUs / 1_000_000), 0);
  head.writeUInt32LE(atUs % 1_000_000, 4);
  head.writeUInt32LE(bytes.length, 8);
  head.writeUInt32LE(bytes.length, 12);
  return Buffer.concat([head, bytes]);
}

function frame(client: string, clientPort: number, step: Step): Buffer {
  const is6 = isIPv6(client);
  const server = addressBytes(is6 ? SERVER_6 : SERVER_4);
  const [from, to] = step.fromClient ? [addressBytes(client), server] : [server, addressBytes(client)];
  const ports = step.fromClient ? ([clientPort, PORT] as const) : ([PORT, clientPort] as const);
  const segment = tcp(ports, step, Buffer.concat([from, to]));
  const ethernet = Buffer.from(`02000000000102000000000${step.fromClient ? 2 : 3}${is6 ? "86dd" : "0800"}`, "hex");
  return Buffer.concat([ethernet, is6 ? ipv6(from, to, segment.length) : ipv4(from, to, segment.length), segment]);
}

function ipv4(from: Buffer, to: Buffer, length: number): Buffer {
  const head = Buffer.concat([Buffer.from("4500000000004000400600 00".replaceAll(" ", ""), "hex"), from, to]);
  head.writeUInt16BE(20 + length, 2);
  head.writeUInt16BE(sum(head), 10);
  return head;
}

function ipv6(from: Buffer, to: Buffer, length: number): Buffer {
  const head = Buffer.concat([Buffer.from("6000000000000640", "hex"), from, to]);
  head.writeUInt16BE(length, 4);
  return head;
}

function tcp([from, to]: readonly [number, number], step: Step, addresses: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(from, 0);
  head.writeUInt16BE(to, 2);
  head.writeUInt32BE(step.seq, 4);
  head.writeUInt32BE(step.ack, 8);
  head.writeUInt16BE(0x5000 | step.flags, 12);
  head.writeUInt16BE(65_535, 14);
  const segment = Buffer.concat([head, step.bytes]);
  const tail = Buffer.alloc(4);
  tail.writeUInt16BE(6, 0);
  tail.writeUInt16BE(segment.length, 2);
  segment.writeUInt16BE(sum(Buffer.concat([addresses, tail, segment])), 16);
  return segment;
}

/** The Internet's checksum (RFC 1071). */
function sum(bytes: Buffer): number {
  let total = 0;
  for (let at = 0; at < bytes.length; at += 2)
    total += at + 1 < bytes.length ? bytes.readUInt16BE(at) : (bytes[at] ?? 0) << 8;
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return ~total & 0xffff;
}

function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split(".").map(Number));
  const [left = "", right = ""] = address.split("::");
  const words = (text: string): readonly string[] => (text === "" ? [] : text.split(":"));
  const [first, last] = [words(left), words(right)];
  const middle = address.includes("::") ? Array.from({ length: 8 - first.length - last.length }, () => "0") : [];
  return Buffer.from([...first, ...middle, ...last].map((word) => word.padStart(4, "0")).join(""), "hex");
}
