import { Buffer } from "node:buffer";
import { canonicalAddress, formatIpv4 } from "../../../model/address.ts";
import { fieldOf, fromHex, textField } from "./audit-line.ts";

/** An end of a connection. */
export interface SocketEnd {
  readonly address: string;
  readonly port: number;
}

const MOST_ARGUMENTS = 2048;
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
  const body = bodies.join(" ");
  const count = Math.min(Number(fieldOf(body, "argc") ?? 0), MOST_ARGUMENTS);
  const words: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const word = textField(body, `a${index}`) ?? piecesOf(body, index);
    if (word === null) break;
    words.push(word);
  }
  return words.length === 0 ? null : words.join(" ");
}

/** `a2_len=9000 a2[0]=… a2[1]=…`: an argument longer than a record. */
function piecesOf(body: string, argument: number): string | null {
  let whole = "";
  for (let piece = 0; piece < MOST_ARGUMENTS; piece += 1) {
    const text = textField(body, `a${argument}[${piece}]`);
    if (text === null) break;
    whole += text;
  }
  return whole === "" ? null : whole;
}

/** The command line of a `PROCTITLE` record: zeros stand between its words; cut by the kernel at 128 bytes. */
export function titleOf(body: string): string | null {
  const title = fieldOf(body, "proctitle");
  if (title === null) return null;
  return (fromHex(title) ?? title).replaceAll("\0", " ").trimEnd();
}
