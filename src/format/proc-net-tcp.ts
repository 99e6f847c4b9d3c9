import { formatAddress, formatIpv4, formatIpv6, parseAddress } from "../model/address.ts";
import type { ListeningSocket } from "../model/host-network.ts";

/** State of a listening socket (`TCP_LISTEN` in include/net/tcp_states.h). */
const LISTEN = "0A";
const ROW = /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /u;
const LONGEST_LINE = 1000;

/**
 * Reads the listening sockets from the text of Linux' `/proc/net/tcp` or `/proc/net/tcp6`; lines of another shape are passed over.
 * Whether a socket on `::` also takes IPv4 is not written there.
 *
 * @param littleEndian - Byte order of the machine: each 32-bit word of an address is printed in it.
 * @see torvalds/linux net/ipv4/tcp_ipv4.c get_tcp4_sock, net/ipv6/tcp_ipv6.c get_tcp6_sock
 */
export function parseProcNetTcp(text: string, littleEndian: boolean): ListeningSocket[] {
  return text.split("\n").flatMap((line) => {
    const [, address, port, state] = (line.length > LONGEST_LINE ? null : ROW.exec(line)) ?? [];
    if (address === undefined || port === undefined || state !== LISTEN) return [];
    return [{ address: addressOf(address, littleEndian), port: Number.parseInt(port, 16) }];
  });
}

function addressOf(hex: string, littleEndian: boolean): string {
  const words = hex.match(/.{8}/gu) ?? [];
  const network = words.map((word) => (littleEndian ? reversed(word) : word)).join("");
  if (network.length === 8) return formatIpv4(Number.parseInt(network, 16));
  const text = formatIpv6(BigInt(`0x${network}`));
  const address = parseAddress(text);
  return address === null ? text : formatAddress(address);
}

function reversed(word: string): string {
  return `${word.slice(6, 8)}${word.slice(4, 6)}${word.slice(2, 4)}${word.slice(0, 2)}`;
}
