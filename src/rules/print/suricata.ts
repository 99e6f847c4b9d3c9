import { metadataPairs, printPackets } from "../packet/packet-printer.ts";
import type { PacketDialect } from "../packet/packet-printer.ts";
import { commonStart, either, escapedPattern, pathPattern, statusPattern } from "../packet/packet-patterns.ts";
import type { PacketRule } from "../packet/packet-rule.ts";
import type { RuleLanguage } from "../rule-language.ts";

/** Suricata 5 and later: sticky buffers. */
export const SURICATA: RuleLanguage = {
  id: "suricata",
  title: "Suricata, sticky buffers (5 and later)",
  ending: ".rules",
  comment: "# ",
  source: "Suricata 5 to 8: http.uri, http.method, http.stat_code, http.user_agent, xbits, threshold",
  print: (detection, setting) => printPackets(detection, setting, dialectOf("sticky")),
};

/** Suricata 4.1 to 8: modifiers behind the content. */
export const SURICATA_LEGACY: RuleLanguage = {
  id: "suricata-legacy",
  title: "Suricata, modifiers (4.1 to 8)",
  ending: ".rules",
  comment: "# ",
  source: "Suricata 4.1: http_uri, http_method, http_stat_code, http_user_agent; still read by 8.0.6",
  print: (detection, setting) => printPackets(detection, setting, dialectOf("modifiers")),
};

type Style = "sticky" | "modifiers";

/** Names of a buffer: sticky, as a modifier, as a letter of a regular expression. */
const BUFFERS = {
  method: ["http.method", "http_method", "M"],
  uri: ["http.uri", "http_uri", "U"],
  status: ["http.stat_code", "http_stat_code", "S"],
  agent: ["http.user_agent", "http_user_agent", "V"],
} as const;

function dialectOf(style: Style): PacketDialect {
  return {
    protocol: ({ looksAt }) => (looksAt === "connection" ? "tcp" : "http"),
    ask: (rule) => [...contentOptions(rule, style), ...clientBits(rule)],
    limit: ({ limit, looksAt }) =>
      limit === null
        ? []
        : [
            `threshold:type ${limit.kind === "once" ? "limit" : "both"}, track ${trackOf(limit.by, looksAt)}, count ${limit.count}, seconds ${limit.seconds}`,
          ],
    metadata: (detection) =>
      metadataPairs(detection)
        .map(([name, text]) => `${name} ${text}`)
        .join(", "),
    differs: () => [],
  };
}

/** The client is the source of requests and the destination of answers. */
function trackOf(by: "client" | "server", looksAt: PacketRule["looksAt"]): string {
  return (by === "client") === (looksAt === "request") ? "by_src" : "by_dst";
}

function clientBits({ bits, looksAt }: PacketRule): readonly string[] {
  return bits
    .filter(({ of }) => of === "client")
    .map(
      ({ does, name, seconds }) =>
        `xbits:${does},${name},track ${looksAt === "request" ? "ip_src" : "ip_dst"}${does === "set" ? `,expire ${seconds}` : ""}`,
    );
}

function contentOptions({ looksAt, content }: PacketRule, style: Style): readonly string[] {
  if (looksAt === "connection") return ["dsize:>0"];
  const { methods, paths, agents, statuses } = content;
  const options: string[] = [];
  if (methods !== null) options.push(...wholeWords("method", methods, style));
  if (paths !== null) {
    const start = commonStart(paths);
    if (start !== "") options.push(...startOption("uri", start, style));
    options.push(...pattern("uri", pathPattern(paths), "", style, start !== ""));
  }
  if (agents !== null) options.push(...pattern("agent", either(agents.map(escapedPattern)), "i", style, false));
  if (statuses !== null) {
    const [only] = statuses;
    options.push(
      ...(statuses.size === 1 && only !== undefined
        ? wholeWords("status", [only.toString()], style)
        : pattern("status", statusPattern(statuses), "", style, false)),
    );
  }
  return options;
}

type Buffer = keyof typeof BUFFERS;

function wholeWords(buffer: Buffer, words: readonly string[], style: Style): readonly string[] {
  const [only] = words;
  if (words.length !== 1 || only === undefined)
    return pattern(buffer, `^${either(words.map(escapedPattern))}$`, "", style, false);
  const [sticky, modifier] = BUFFERS[buffer];
  return style === "sticky" ? [sticky, `content:"${only}"`] : [`content:"${only}"`, modifier];
}

function startOption(buffer: Buffer, start: string, style: Style): readonly string[] {
  const [sticky, modifier] = BUFFERS[buffer];
  return style === "sticky"
    ? [sticky, `content:"${start}"`, "startswith"]
    : [`content:"${start}"`, modifier, `depth:${start.length}`];
}

function pattern(buffer: Buffer, text: string, letters: string, style: Style, isOpen: boolean): readonly string[] {
  const [sticky, , letter] = BUFFERS[buffer];
  if (style === "modifiers") return [`pcre:"/${text}/${letter}${letters}"`];
  return [...(isOpen ? [] : [sticky]), `pcre:"/${text}/${letters}"`];
}
