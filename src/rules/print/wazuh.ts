import type { Detection } from "../../model/detection.ts";
import type { PacketContent } from "../packet/packet-rule.ts";
import { either, statusPattern } from "../packet/packet-patterns.ts";
import { packetStep } from "../packet/packet-step.ts";
import type { PacketStep } from "../packet/packet-step.ts";
import { firstSid, SID_BASE } from "../packet/sids.ts";
import { headerLines } from "../rule-header.ts";
import type { PrintedRule, RuleLanguage, RuleSetting } from "../rule-language.ts";
import { Unsayable } from "../unsayable.ts";

/** Reads a row of gin as Ollama logs it: status, time, address, method, path without query. */
export const GIN_PATTERN =
  '\\[GIN\\] \\S+ - \\S+ \\|\\s*(\\d{3}) \\|\\s*(\\S+) \\|\\s*(\\S*)\\s*\\| (\\S+)\\s+"([^"?]*)';

/** The decoder that every rule needs. */
export const WAZUH_DECODER = `<decoder name="corral-ollama">
  <prematch type="pcre2">\\[GIN\\] \\d{4}/\\d\\d/\\d\\d - </prematch>
</decoder>
<decoder name="corral-ollama-row">
  <parent>corral-ollama</parent>
  <regex type="pcre2">${escaped(GIN_PATTERN)}</regex>
  <order>ollama.status,ollama.time,ollama.client,ollama.method,ollama.path</order>
</decoder>
`;

const DECODER_FILE = "corral_decoders.xml";

/** Wazuh keeps decoders and rules in files of two folders: an export of rules cannot carry them. */
const DECODER_COMMENT = `<!--
  These rules speak only where the decoder corral-ollama is installed, and this file does not hold it:
  "corral rules build" writes it, as wazuh/${DECODER_FILE} in the folder of its rules.
  The decoder belongs into /var/ossec/etc/decoders/, this file into /var/ossec/etc/rules/.
-->
`;

/** Wazuh. */
export const WAZUH: RuleLanguage = {
  id: "wazuh",
  title: "Wazuh (rows of Ollama's own log)",
  ending: ".xml",
  comment: null,
  source: "Wazuh 4: ruleset XML, regular expressions of type pcre2, numbers from 100000",
  beside: [{ name: DECODER_FILE, text: WAZUH_DECODER }],
  print: printWazuh,
  join: (texts) => [DECODER_COMMENT, ...texts].join("\n"),
};

const RULE_BASE = 114_300;
const LEVEL = { critical: 14, high: 12, medium: 8, low: 5, info: 3 } as const;
const CLAIMED = "The address is what Ollama logs: a header of the request can forge it.";
const EVERY_ROW = "It speaks of every row; Corral puts rows of one group together.";
const OWN = "Addresses of one's own are not left out.";

/** Addresses that are no strangers'. */
const INNER =
  "^(?:127\\.|10\\.|192\\.168\\.|172\\.(?:1[6-9]|2[0-9]|3[01])\\.|100\\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.|169\\.254\\.|::1$|f[cd]|fe[89ab])";
const SELF = "^(?:127\\.|::1$)";

function printWazuh(detection: Detection, setting: RuleSetting): PrintedRule {
  try {
    const { correlation } = detection;
    if (correlation.kind !== "each" && correlation.kind !== "first" && correlation.kind !== "count")
      throw new Unsayable("its rules count rows of one kind and keep no order, sum or set of values");
    const selection = detection.selections[correlation.of];
    const sid = firstSid(detection.id);
    if (selection?.class !== "http" || sid === null)
      throw new Unsayable("the decoder reads requests in Ollama's own log alone");
    const step = packetStep(selection);
    if (step.requests.some(({ agents }) => agents !== null)) throw new Unsayable("Ollama logs no user agent");
    const number = RULE_BASE + (sid - SID_BASE) / 2;
    const differs = [
      CLAIMED,
      ...(correlation.kind === "count" ? [] : [EVERY_ROW]),
      ...(setting.known.length === 0 ? [] : [OWN]),
    ];
    const level = correlation.kind === "count" ? 3 : LEVEL[detection.severity];
    const rows = step.requests.map((content, index) => rowRule(detection, step, content, number + index, level));
    const rules = [...rows, ...(correlation.kind === "count" ? [countRule(detection, correlation, number)] : [])];
    const header = headerLines(detection, differs).map((line) => `  ${line.replaceAll("--", "- -")}`);
    const text = ["<!--", ...header, "-->", '<group name="corral,ollama,">', ...rules, "</group>", ""].join("\n");
    return { kind: "rule", text, differs };
  } catch (error) {
    if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
    throw error;
  }
}

function rowRule(
  detection: Detection,
  { clients, statuses }: PacketStep,
  { methods, paths }: PacketContent,
  id: number,
  level: number,
): string {
  const inner = clients === "strangers" ? INNER : SELF;
  return ruleXml(detection, `id="${id}" level="${level}"`, [
    "<decoded_as>corral-ollama</decoded_as>",
    ...(clients === "everybody" ? [] : [field("client", inner, ' negate="yes"')]),
    ...(methods === null ? [] : [field("method", `^${either(methods)}$`)]),
    ...(paths === null
      ? []
      : [field("path", `^${either(paths.map(({ path, isBegun }) => `${pathText(path)}${isBegun ? "" : "$"}`))}`)]),
    ...(statuses === null ? [] : [field("status", statusPattern(statuses))]),
  ]);
}

function pathText(path: string): string {
  return path
    .split("/")
    .map((one) => (one.startsWith(":") ? "[^/]+" : one.replaceAll(".", "\\.")))
    .join("/");
}

function countRule(
  detection: Detection,
  correlation: { readonly by: readonly string[]; readonly atLeast: number; readonly withinSeconds: number },
  first: number,
): string {
  const head = `id="${first + 4}" level="${LEVEL[detection.severity]}" frequency="${correlation.atLeast}" timeframe="${correlation.withinSeconds}"`;
  return ruleXml(detection, head, [
    `<if_matched_group>corral_${detection.id}</if_matched_group>`,
    ...(correlation.by.includes("sourceIp") ? ["<same_field>ollama.client</same_field>"] : []),
  ]);
}

function field(name: string, pattern: string, more = ""): string {
  return `<field name="ollama.${name}" type="pcre2"${more}>${escaped(pattern)}</field>`;
}

function ruleXml(detection: Detection, head: string, lines: readonly string[]): string {
  const { attack } = detection.ids;
  return [
    `  <rule ${head}>`,
    ...lines.map((line) => `    ${line}`),
    `    <description>${escaped(`Corral ${detection.id}: ${detection.title}`)}</description>`,
    ...(attack.length === 0 ? [] : [`    <mitre>${attack.map((id) => `<id>${id}</id>`).join("")}</mitre>`]),
    `    <group>corral_${detection.id},</group>`,
    "  </rule>",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
