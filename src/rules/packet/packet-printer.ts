import type { Detection } from "../../model/detection.ts";
import { commented, headerLines } from "../rule-header.ts";
import type { PrintedRule, RuleSetting } from "../rule-language.ts";
import { Unsayable } from "../unsayable.ts";
import type { Clients, PacketRule } from "./packet-rule.ts";
import { packetRules } from "./packet-rules.ts";
import { firstSid } from "./sids.ts";

/** How an engine's rules say the parts that differ. */
export interface PacketDialect {
  /** The protocol's name before the addresses. */
  protocol(rule: PacketRule): string;
  /** Options that ask, in order, without the last semicolon. Throws {@link Unsayable}. */
  ask(rule: PacketRule): readonly string[];
  /** How often it speaks. */
  limit(rule: PacketRule): readonly string[];
  metadata(detection: Detection): string;
  /** What the engine does otherwise for this rule. */
  differs(rules: readonly PacketRule[]): readonly string[];
}

/** Prints a detection as one file of rules for packets. */
export function printPackets(detection: Detection, setting: RuleSetting, dialect: PacketDialect): PrintedRule {
  try {
    const { rules, differs } = packetRules(detection);
    const sid = firstSid(detection.id);
    if (sid === null) throw new Unsayable("it has no numbers in the range of rules for packets");
    const all = [...differs, ...dialect.differs(rules)];
    const lines = rules.map((rule, index) => ruleLine(detection, rule, sid + index, setting, dialect));
    const header = [...headerLines(detection, all), ...variableLines(setting)];
    return { kind: "rule", text: commented("# ", header, `${lines.join("\n")}\n`), differs: all };
  } catch (error) {
    if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
    throw error;
  }
}

function variableLines({ serverPorts }: RuleSetting): readonly string[] {
  return [
    `needs the variable OLLAMA_PORTS ([${serverPorts.join(",")}]) beside HOME_NET and EXTERNAL_NET; strangers are what EXTERNAL_NET says`,
  ];
}

function ruleLine(
  detection: Detection,
  rule: PacketRule,
  sid: number,
  setting: RuleSetting,
  dialect: PacketDialect,
): string {
  const clients = clientsOf(rule.clients, setting);
  const isAsked = rule.looksAt === "request";
  const ends = isAsked ? `${clients} any -> $HOME_NET $OLLAMA_PORTS` : `$HOME_NET $OLLAMA_PORTS -> ${clients} any`;
  const options = [
    `msg:"CORRAL ${detection.title.replaceAll(/[";:\\]/gu, " ")}${rule.limit === null ? " (remembers)" : ""}"`,
    `flow:established,${isAsked ? "to_server" : "to_client"}`,
    ...dialect.ask(rule),
    ...rule.bits.filter(({ of }) => of === "connection").map(({ does, name }) => `flowbits:${does},${name}`),
    ...(rule.limit === null ? ["flowbits:noalert"] : dialect.limit(rule)),
    ...detection.references.map((one) => `reference:url,${one.replace(/^https?:\/\//u, "")}`),
    `classtype:${classOf(detection)}`,
    `sid:${sid}`,
    `rev:${detection.version}`,
    `metadata:${dialect.metadata(detection)}`,
  ];
  return `alert ${dialect.protocol(rule)} ${ends} (${options.join("; ")};)`;
}

function clientsOf(clients: Clients, { known }: RuleSetting): string {
  const not = known.map((prefix) => `!${prefix}`);
  switch (clients) {
    case "everybody":
      return "any";
    case "strangers":
      return known.length === 0 ? "$EXTERNAL_NET" : `[$EXTERNAL_NET,${not.join(",")}]`;
    case "others":
      return known.length === 0 ? "any" : `![${["127.0.0.0/8", "::1/128", ...known].join(",")}]`;
  }
}

/** By technique, the engines' own classes; the first that is there. */
const CLASSES = [
  ["T1190", "web-application-attack"],
  ["T1499", "attempted-dos"],
  ["T1498", "attempted-dos"],
  ["T1595", "attempted-recon"],
  ["T1048", "policy-violation"],
] as const;

function classOf({ ids }: Detection): string {
  return CLASSES.find(([id]) => ids.attack.some((one) => one.startsWith(id)))?.[1] ?? "policy-violation";
}

/** Pairs of a rule's metadata, the same for every engine. */
export function metadataPairs(detection: Detection): readonly (readonly [string, string])[] {
  return [
    ["corral_id", detection.id],
    ["corral_version", detection.version.toString()],
    ["corral_uuid", detection.uuid],
    ["signature_severity", SEVERITY[detection.severity]],
    ...detection.ids.attack.map((id): readonly [string, string] => ["mitre_technique_id", id]),
    ["created_at", detection.since.replaceAll("-", "_")],
    ["updated_at", detection.changed.replaceAll("-", "_")],
  ];
}

const SEVERITY = {
  critical: "Critical",
  high: "Major",
  medium: "Minor",
  low: "Informational",
  info: "Informational",
} as const;
