import { BlockList, isIPv6 } from "node:net";
import type { Passage } from "./wire.ts";

/**
 * Tries the words of rules for Suricata (sticky buffers) on what goes over the wire: contents, regular expressions, bits and thresholds as
 * the manual tells them. It is a check of contents, not an engine: no reassembly, no normalisation, JavaScript's regular expressions.
 *
 * @returns Alerts by number of the rule.
 */
export function checkContents(text: string, passages: readonly Passage[]): ReadonlyMap<string, number> {
  const rules = text.split("\n").filter((line) => line.startsWith("alert "));
  const world: World = { bits: new Map(), counts: new Map(), alerts: new Map() };
  for (const [index, passage] of passages.entries())
    for (const side of ["to_server", "to_client"] as const)
      for (const rule of rules.map(readRule)) if (isMet(rule, passage, side, index, world)) speak(rule, passage, world);
  return world.alerts;
}

interface Rule {
  readonly clients: string;
  readonly options: readonly (readonly [string, string])[];
}

interface World {
  /** Until when something is remembered. */
  readonly bits: Map<string, number>;
  readonly counts: Map<string, { start: number; count: number }>;
  readonly alerts: Map<string, number>;
}

function readRule(line: string): Rule {
  const open = line.indexOf(" (");
  const [, , left = "", , , right = ""] = line.slice(0, open).split(" ");
  const options = line
    .slice(open + 2, -2)
    .split("; ")
    .map((one) => {
      const colon = one.indexOf(":");
      return colon === -1 ? ([one, ""] as const) : ([one.slice(0, colon), one.slice(colon + 1)] as const);
    });
  return { clients: left === "$HOME_NET" ? right : left, options };
}

function valueOf(rule: Rule, name: string): string {
  return rule.options.find(([one]) => one === name)?.[1] ?? "";
}

function isMet(rule: Rule, passage: Passage, side: string, flow: number, world: World): boolean {
  if (!valueOf(rule, "flow").endsWith(side) || !isClient(rule.clients, passage.client)) return false;
  const isConnection = rule.options.some(([name]) => name === "dsize");
  const { request } = passage;
  if (!isConnection && request === null) return false;
  const buffers: Readonly<Record<string, string>> = {
    "http.method": request?.method ?? "",
    "http.uri": request?.uri ?? "",
    "http.user_agent": request?.agent ?? "",
    "http.stat_code": request?.status.toString() ?? "",
  };
  let buffer = "";
  const sets: (() => void)[] = [];
  for (const [index, [name, value]] of rule.options.entries()) {
    if (Object.hasOwn(buffers, name)) buffer = buffers[name] ?? "";
    if (name === "content") {
      const isStart = rule.options[index + 1]?.[0] === "startswith";
      const text = value.slice(1, -1);
      if (!(isStart ? buffer.startsWith(text) : buffer.includes(text))) return false;
    }
    if (name === "pcre" && !pattern(value).test(buffer)) return false;
    if (name === "flowbits" || name === "xbits") {
      const [does, bit = "", , expire] = value.split(",");
      const key = name === "flowbits" ? `${flow} ${bit}` : `${passage.client} ${bit}`;
      const isSet = (world.bits.get(key) ?? 0) > passage.at;
      if ((does === "isset" && !isSet) || (does === "isnotset" && isSet)) return false;
      const seconds = expire === undefined ? Infinity : Number(expire.replace("expire ", ""));
      if (does === "set") sets.push(() => world.bits.set(key, passage.at + seconds * 1000));
    }
  }
  for (const set of sets) set();
  return !rule.options.some(([name, value]) => name === "flowbits" && value === "noalert");
}

function pattern(value: string): RegExp {
  const end = value.lastIndexOf("/");
  return new RegExp(value.slice(2, end), value.slice(end + 1, -1));
}

function speak(rule: Rule, passage: Passage, { counts, alerts }: World): void {
  const [type = "", track = "", count = "", seconds = ""] = valueOf(rule, "threshold").split(", ");
  const sid = valueOf(rule, "sid");
  const isRequest = valueOf(rule, "flow").endsWith("to_server");
  const byClient = track.endsWith(isRequest ? "by_src" : "by_dst");
  const key = `${sid} ${byClient ? passage.client : passage.server}`;
  const last = (text: string): number => Number(text.split(" ").at(-1));
  const old = counts.get(key);
  const now =
    old === undefined || passage.at - old.start > last(seconds) * 1000 ? { start: passage.at, count: 0 } : old;
  now.count += 1;
  counts.set(key, now);
  if (type === "type limit" ? now.count <= last(count) : now.count === last(count))
    alerts.set(sid, (alerts.get(sid) ?? 0) + 1);
}

const INNER = ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"];
const INNER_6 = ["::1/128", "fc00::/7", "fe80::/10"];

function isClient(spec: string, address: string): boolean {
  if (spec === "any") return true;
  const prefixes = spec.replaceAll(/[![\]]/gu, "").split(",");
  const isExternal = prefixes[0] === "$EXTERNAL_NET";
  const refused = isExternal ? [...INNER, ...INNER_6, ...prefixes.slice(1)] : prefixes;
  return !listOf(refused).check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

function listOf(prefixes: readonly string[]): BlockList {
  const list = new BlockList();
  for (const prefix of prefixes) {
    const [address = "", length = ""] = prefix.split("/");
    list.addSubnet(address, Number(length), isIPv6(address) ? "ipv6" : "ipv4");
  }
  return list;
}
