import { canonicalAddress } from "../model/address.ts";
import type { ListeningSocket } from "../model/host-network.ts";

/** macOS and BSD: `tcp4  0  0  127.0.0.1.11434  *.*  LISTEN`; the port follows the last dot. */
const BSD = /^(tcp4|tcp6|tcp46)\s+\d+\s+\d+\s+(\S+)\.(\d{1,5})\s+\*\.\*\s+LISTEN\b/u;
/** Windows: `TCP  [::1]:11434  [::]:0  LISTENING`; the state's word is translated, a peer without port is not. */
const WINDOWS = /^TCP\s+(\S+):(\d{1,5})\s+(?:0\.0\.0\.0|\[::\]):0\s/u;
const LONGEST_LINE = 300;

/** Reads the listening TCP sockets from what `netstat -an` prints on macOS, BSD or Windows; other lines are passed over. */
export function parseNetstat(text: string): ListeningSocket[] {
  return text.split("\n").flatMap((raw) => {
    const line = raw.length > LONGEST_LINE ? "" : raw.trim();
    const bsd = BSD.exec(line);
    if (bsd !== null) return socketOf(bsd[2] === "*" ? (bsd[1] === "tcp4" ? "0.0.0.0" : "::") : bsd[2], bsd[3]);
    const windows = WINDOWS.exec(`${line} `);
    return socketOf(windows?.[1]?.replace(/^\[/u, "").replace(/\]$/u, ""), windows?.[2]);
  });
}

function socketOf(text: string | undefined, port: string | undefined): ListeningSocket[] {
  const address = text === undefined ? null : canonicalAddress(text.split("%")[0] ?? "");
  const number = Number(port);
  return address === null || !(number >= 1 && number <= 65_535) ? [] : [{ address, port: number }];
}
