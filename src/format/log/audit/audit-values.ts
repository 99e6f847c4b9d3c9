import { Buffer } from "node:buffer";
import { canonicalAddress, formatIpv4 } from "../../../model/address.ts";
import { fieldOf, fromHex } from "./audit-line.ts";

/** An end of a connection. */
export interface SocketEnd {
  readonly address: string;
  readonly port: number;
}

const MOST_ARGUMENTS = 2048;
const MOST_PIECES = 2048;
/** `a2="-v"`, `a2=2D76`, `a2[1]="…"`: an argument, or a piece of one that is longer than a record; not `argc=`, `a2_len=`. */
const ARGUMENT = /(?<=^| )a(\d{1,5})(?:\[(\d{1,5})\])?=(?:"([^"]*)"|([^ ]*))/gu;
const HEX = /^[\dA-F]{16,256}$/iu;

/** The address and port of a `SOCKADDR` record's `saddr` in hexadecimal; `null` for sockets that are none of IP. */
export function socketEnd(body: string): SocketEnd | null {
  const saddr = fieldOf(body, "saddr");
  if (saddr === null || !HEX.test(saddr)) return null;
  const bytes = Buffer.from(saddr, "hex");
  if (bytes.length < 8) return null;
  /** The family stands in the machine's own order of bytes, port and address in the network's. */
  const family = bytes[0] === 0 ? bytes[1] : bytes[0];
  const port = bytes.readUInt16BE(2);
  if (family === 2) return { address: formatIpv4(bytes.readUInt32BE(4)), port };
  if (family !== 10 || bytes.length < 24) return null;
  const groups = bytes.toString("hex", 8, 24).match(/.{4}/gu) ?? [];
  const address = canonicalAddress(groups.join(":"));
  return address === null ? null : { address, port };
}

/** The arguments of `EXECVE` records, long ones put together of their pieces, with blanks between; `null` when there are none. */
export function commandLineOf(bodies: readonly string[]): string | null {
  const pieces = new Map<number, Map<number, string>>();
  for (const body of bodies)
    for (const found of body.matchAll(ARGUMENT)) {
      const [, number = "", piece = "0", quoted, plain = ""] = found;
      const argument = Number(number);
      if (argument >= MOST_ARGUMENTS || Number(piece) >= MOST_PIECES) continue;
      const known = pieces.get(argument) ?? new Map<number, string>();
      known.set(Number(piece), quoted ?? fromHex(plain) ?? plain);
      pieces.set(argument, known);
    }
  const words: string[] = [];
  for (let argument = 0; ; argument += 1) {
    const word = pieces.get(argument);
    if (word === undefined) break;
    words.push(inOrder(word));
  }
  return words.length === 0 ? null : words.join(" ");
}

function inOrder(pieces: ReadonlyMap<number, string>): string {
  const sorted = [...pieces].toSorted(([one], [other]) => one - other);
  return sorted.map(([, text]) => text).join("");
}

/** The command line of a `PROCTITLE` record: zeros stand between its words; cut by the kernel at 128 bytes. */
export function titleOf(body: string): string | null {
  const title = fieldOf(body, "proctitle");
  if (title === null) return null;
  return (fromHex(title) ?? title).replaceAll("\0", " ").trimEnd();
}
