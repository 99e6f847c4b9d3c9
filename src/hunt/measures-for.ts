import { DROP_PEER } from "../knowledge/detections/measures.ts";
import type { Alert } from "../model/alert.ts";
import type { Detection } from "../model/detection.ts";
import { visibleText } from "../render/visible-text.ts";

const PLACE_OF_ADDRESS = "ADDRESS";

/** What to do now about the alerts of one detection: nobody is kept away by an address that only a header claims; one that connected is named. */
export function measuresFor({ whatNow }: Detection, alerts: readonly Alert[]): Detection["whatNow"] {
  const peers = new Set(
    alerts.flatMap(({ peer, peerTrust }) => (peer === null || peerTrust === "claimed" ? [] : [peer])),
  );
  const [only, ...more] = peers;
  const contain = whatNow.contain.flatMap((text) => {
    if (text !== DROP_PEER) return [text];
    if (only === undefined) return [];
    return [more.length === 0 ? named(text, only) : text];
  });
  return { ...whatNow, contain };
}

function named(text: string, address: string): string {
  const said = text.replaceAll(PLACE_OF_ADDRESS, visibleText(address));
  return address.includes(":") ? said.replace("ip saddr", "ip6 saddr").replace("iptables", "ip6tables") : said;
}
