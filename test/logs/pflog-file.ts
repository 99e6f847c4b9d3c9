import { Buffer } from "node:buffer";

/** Numbers of pflog's header (FreeBSD and OpenBSD, `net/if_pflog.h`). */
const HEADER_BYTES = 61;
const PASS = 0;
const BLOCK = 1;
const IN = 1;
const OUT = 2;
const LINK_TYPE = 117;
const SYN = 2;
const ACK = 16;
const BEGIN = 1_769_767_511;

function pflogHeader(action: number, way: number, rule: number): Buffer {
  const header = Buffer.alloc(64);
  header.set([HEADER_BYTES, 2, action, 0]);
  header.write("em0", 4, "latin1");
  header.writeUInt32BE(rule, 36);
  header.fill(0xff, 40, 48);
  header.writeUInt8(way, 60);
  return header;
}

function tcpPacket(from: string, to: string, fromPort: number, toPort: number, flags: number): Buffer {
  const packet = Buffer.alloc(40);
  packet.set([0x45, 0, 0, 40, 0, 1, 0x40, 0, 64, 6]);
  packet.set(from.split(".").map(Number), 12);
  packet.set(to.split(".").map(Number), 16);
  packet.writeUInt16BE(fromPort, 20);
  packet.writeUInt16BE(toPort, 22);
  packet.writeUInt32BE(1000, 24);
  packet.set([5 << 4, flags, 0xfa, 0xf0], 32);
  return packet;
}

/** A capture of `pflog0`: a blocked and a passed packet for a model server, and an answer of it. */
export function pflogFile(): Buffer {
  const packets = [
    [pflogHeader(BLOCK, IN, 3), tcpPacket("203.0.113.9", "192.0.2.10", 51_514, 11_434, SYN)],
    [pflogHeader(PASS, IN, 7), tcpPacket("198.51.100.4", "192.0.2.10", 40_112, 11_434, SYN)],
    [pflogHeader(PASS, OUT, 9), tcpPacket("192.0.2.10", "198.51.100.4", 11_434, 40_112, SYN | ACK)],
  ].map((parts) => Buffer.concat(parts));
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  head.writeUInt32LE(LINK_TYPE, 20);
  const rows = packets.flatMap((packet, index) => {
    const row = Buffer.alloc(16);
    row.writeUInt32LE(BEGIN, 0);
    row.writeUInt32LE(100_000 * index, 4);
    row.writeUInt32LE(packet.length, 8);
    row.writeUInt32LE(packet.length, 12);
    return [row, packet];
  });
  return Buffer.concat([head, ...rows]);
}
