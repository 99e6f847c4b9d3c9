import { createHash } from "node:crypto";
import type { ListedTarget } from "../../format/target-line.ts";
import { formatIpv4, parseIpv4 } from "../../model/address.ts";
import type { PinnedName } from "../../model/pinned-name.ts";
import type { Target } from "../../model/target.ts";
import type { SurveySpace } from "../survey-plan.ts";
import type { TargetSpace } from "../scope/target-space.ts";

/** IPv4 targets a list may hold (8 bytes each), and others: IPv6, names, URLs with a scheme or path (some 80 bytes each). */
export const MOST_PLAIN = 2 ** 24;
export const MOST_OTHERS = 2 ** 20;

/** Refused lines that are shown in words; the rest is counted. */
const MOST_EXAMPLES = 5;

/** What a list came to: targets that the scope allows, in one order whatever the order of the lines, each once. */
export interface ListedTargets {
  readonly space: SurveySpace;
  /** SHA-256 (64 hex) over the targets. */
  readonly hash: string;
  readonly refused: Readonly<Record<string, number>>;
  readonly examples: readonly string[];
}

/** Gathers a list line by line; memory is that of the distinct targets and their repeats. */
export interface ListGathering {
  add(listed: ListedTarget, line: number): void;
  /** Counts a line that could not be read. */
  reject(line: number, why: string): void;
  /** Whether the list is longer than a run may hold. */
  readonly isFull: boolean;
  end(): ListedTargets;
}

/** Begins a list under a scope: what it names without a port gets the scope's ports, what the scope refuses is counted by reason. */
export function gatherTargets(
  ports: readonly number[],
  pins: readonly PinnedName[],
  admit: TargetSpace["admit"],
): ListGathering {
  const plain = growingList();
  const others: string[] = [];
  const refused: Record<string, number> = {};
  const examples: string[] = [];
  const pinned = new Map(pins.map((pin) => [pin.name, pin.addresses]));

  function refuse(line: number, reason: string, why: string): void {
    refused[reason] = (refused[reason] ?? 0) + 1;
    if (examples.length < MOST_EXAMPLES) examples.push(`line ${line}: ${why}`);
  }

  function keep(target: Target, line: number): void {
    const admission = admit(target);
    if (!admission.ok)
      refuse(line, admission.reason, `${target.address}:${target.port} is refused: ${admission.reason}`);
    else if (isPlain(target)) plain.push((parseIpv4(target.address) ?? 0) * 65_536 + target.port);
    else others.push(textOf(target));
  }

  return {
    add(listed, line) {
      const addresses = listed.address === null ? pinned.get(listed.name ?? "") : [listed.address];
      if (addresses === undefined || addresses.length === 0)
        return refuse(line, "name", "the scope does not name this host");
      for (const address of addresses) {
        for (const port of listed.port === null ? ports : [listed.port]) keep(targetOf(listed, address, port), line);
      }
    },
    reject(line, why) {
      refuse(line, "unreadable", why);
    },
    get isFull() {
      return plain.length > MOST_PLAIN || others.length > MOST_OTHERS;
    },
    end: () => ({ ...frozen(plain.sorted(), [...new Set(others)].toSorted(), admit), refused, examples }),
  };
}

function frozen(
  plain: Float64Array,
  others: readonly string[],
  admit: TargetSpace["admit"],
): Pick<ListedTargets, "space" | "hash"> {
  const hash = createHash("sha256").update(new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength));
  for (const other of others) hash.update(`${other}\n`);
  const at = (index: number): Target => {
    const key = plain[index];
    if (key === undefined) return targetFrom(others[index - plain.length] ?? "");
    const port = key % 65_536;
    return { scheme: "auto", address: formatIpv4((key - port) / 65_536), port, host_name: null, base_path: "/" };
  };
  return { space: { size: plain.length + others.length, at, admit }, hash: hash.digest("hex") };
}

/** A plain `http://ip:port/` is asked as `ip:port` is, so that a list naming both asks once. */
function targetOf(listed: ListedTarget, address: string, port: number): Target {
  const isRoot = listed.base_path === "/" && listed.scheme === "http";
  return {
    scheme: isRoot ? "auto" : listed.scheme,
    address,
    port,
    host_name: listed.name,
    base_path: listed.base_path,
  };
}

function isPlain(target: Target): boolean {
  const { scheme, address, host_name, base_path } = target;
  return scheme === "auto" && host_name === null && base_path === "/" && !address.includes(":");
}

function textOf({ address, port, host_name, scheme, base_path }: Target): string {
  return [address, port, host_name ?? "", scheme, base_path].join(" ");
}

function targetFrom(text: string): Target {
  const [address = "", port = "", name = "", scheme = "", base_path = "/"] = text.split(" ");
  const known = scheme === "http" || scheme === "https" ? scheme : "auto";
  return { scheme: known, address, port: Number(port), host_name: name === "" ? null : name, base_path };
}

interface GrowingList {
  readonly length: number;
  push(value: number): void;
  /** The distinct values in order; the list is used up. */
  sorted(): Float64Array;
}

function growingList(): GrowingList {
  let values = new Float64Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const longer = new Float64Array(length * 2);
        longer.set(values);
        values = longer;
      }
      values[length] = value;
      length += 1;
    },
    sorted() {
      const all = values.subarray(0, length);
      all.sort();
      let kept = 0;
      for (const value of all) {
        if (kept > 0 && all[kept - 1] === value) continue;
        all[kept] = value;
        kept += 1;
      }
      return all.subarray(0, kept);
    },
  };
}
