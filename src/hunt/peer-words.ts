import type { Alert } from "../model/alert.ts";
import { visibleText } from "../render/visible-text.ts";

/** Who it was, and how sure that is: an address that only a header claims is shown as claimed and never as the one who did it. */
export function peerWords({ peer, peerTrust, group }: Alert): string | null {
  const claimed = group["sourceIp"];
  if (peer !== null && peerTrust !== "claimed") return `peer ${visibleText(peer)} (the connection's own address)`;
  const told = peer ?? claimed;
  if (told === undefined) return null;
  return `peer unknown; a header may have claimed ${visibleText(told)}, which no connection confirms: blame nobody by it`;
}

/** The same for a cell of a table. */
export function peerShort({ peer, peerTrust, group }: Alert): string {
  if (peer !== null && peerTrust !== "claimed") return peer;
  const told = peer ?? group["sourceIp"];
  return told === undefined ? "" : `unknown (a header claimed ${told})`;
}
