import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { endianness, networkInterfaces } from "node:os";
import { promisify } from "node:util";
import { parseNetstat } from "../format/netstat.ts";
import { parseProcNetTcp } from "../format/proc-net-tcp.ts";
import { canonicalAddress } from "../model/address.ts";
import type { HostNetwork, InterfaceAddress, ListeningSocket } from "../model/host-network.ts";

const NETSTAT = { timeout: 10_000, maxBuffer: 16 << 20 } as const;

/**
 * Reads what listens on this machine and the addresses it has. Linux: `/proc/net/tcp` and `tcp6`; elsewhere `netstat -an`. Sockets are
 * those of this process' own network namespace: what runs inside a container shows here only by its published ports.
 */
export async function readHostNetwork(): Promise<HostNetwork> {
  const sockets = process.platform === "linux" ? await readProc() : await readNetstat();
  return { sockets, interfaces: readInterfaces() };
}

/** `null` when neither file can be read; a machine without IPv6 has no `tcp6`. */
async function readProc(): Promise<ListeningSocket[] | null> {
  const read = (path: string): Promise<string | null> => readFile(path, "latin1").catch(() => null);
  const texts = await Promise.all([read("/proc/net/tcp"), read("/proc/net/tcp6")]);
  const known = texts.filter((text) => text !== null);
  return known.length === 0 ? null : known.flatMap((text) => parseProcNetTcp(text, endianness() === "LE"));
}

async function readNetstat(): Promise<ListeningSocket[] | null> {
  try {
    const { stdout } = await promisify(execFile)("netstat", ["-an"], NETSTAT);
    return parseNetstat(stdout);
  } catch {
    return null;
  }
}

function readInterfaces(): InterfaceAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, rows]) =>
    (rows ?? []).flatMap((row): InterfaceAddress[] => {
      const address = canonicalAddress(row.address.split("%")[0] ?? "");
      const length = row.cidr?.split("/")[1];
      return address === null || length === undefined ? [] : [{ name, address, prefixLength: Number(length) }];
    }),
  );
}
