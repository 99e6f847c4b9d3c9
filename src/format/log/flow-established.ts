const FIN = 1;
const SYN = 2;
const RST = 4;
const PSH = 8;
const ACK = 16;

/** Bytes of an IP packet that carries no payload, with the options that handshakes use. */
const BARE_IPV4 = 60;
const BARE_IPV6 = 80;
/** Refused attempts are repeated up to so many times. */
const MOST_REFUSALS = 4;

/** What one side of a connection sent. */
export interface FlowSide {
  readonly packets: number | null;
  /** With IP headers. */
  readonly bytes: number | null;
  /** All TCP flags it sent, as in the header; `null` = not told. */
  readonly flags: number | null;
}

/** Text like `...AP.SF` as the flags of a TCP header. */
export function flagsIn(text: string): number {
  let flags = 0;
  if (text.includes("A")) flags |= ACK;
  if (text.includes("S")) flags |= SYN;
  if (text.includes("P")) flags |= PSH;
  if (text.includes("F")) flags |= FIN;
  if (text.includes("R")) flags |= RST;
  return flags;
}

/**
 * Whether both sides took part in a TCP connection, from what a meter counted of each. A meter sees a refusal (RST) as an answer too, so
 * packets both ways prove nothing.
 *
 * @param opener - The side that opened it; `null` = the meter saw none of it.
 * @param isIpv6 - Its headers are longer.
 * @returns `null` when it cannot be told.
 */
export function isTcpEstablished(opener: FlowSide | null, server: FlowSide | null, isIpv6: boolean): boolean | null {
  if (server === null) return opener === null ? null : fromOpener(opener);
  if (isRefusal(server, isIpv6)) return false;
  if (opener === null) return (server.flags ?? 0) & PSH || carries(server, isIpv6) ? true : null;
  if (opener.flags !== null && server.flags !== null && (server.flags & SYN) !== 0) return (opener.flags & ACK) !== 0;
  if (server.flags !== null && (server.flags & (PSH | FIN)) !== 0) return true;
  return carries(server, isIpv6);
}

/** An acknowledgement answers an answer. */
function fromOpener({ flags }: FlowSide): boolean | null {
  if (flags === null || flags === 0) return null;
  return (flags & ACK) !== 0;
}

function isRefusal({ flags, bytes, packets }: FlowSide, isIpv6: boolean): boolean {
  if (flags === null || (flags & RST) === 0 || (flags & (SYN | PSH | FIN)) !== 0) return false;
  return carries({ flags, bytes, packets }, isIpv6) !== true;
}

/** Whether a side sent more than a handshake or refusals; `null` = not counted. */
function carries({ packets, bytes }: FlowSide, isIpv6: boolean): boolean | null {
  if (packets === null || bytes === null) return null;
  return packets > MOST_REFUSALS || bytes > packets * (isIpv6 ? BARE_IPV6 : BARE_IPV4);
}
