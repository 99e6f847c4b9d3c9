import { metadataPairs, printPackets } from "../packet/packet-printer.ts";
import type { PacketDialect } from "../packet/packet-printer.ts";
import { commonStart, either, escapedPattern, pathPattern, statusPattern } from "../packet/packet-patterns.ts";
import type { PacketRule } from "../packet/packet-rule.ts";
import type { RuleLanguage } from "../rule-language.ts";
import { Unsayable } from "../unsayable.ts";

/** Snort 3. */
export const SNORT3: RuleLanguage = {
  id: "snort3",
  title: "Snort 3",
  ending: ".rules",
  comment: "# ",
  source: "Snort 3 rule writing guide: http_uri, http_method, http_stat_code, http_header, flowbits, detection_filter",
  print: (detection, setting) => printPackets(detection, setting, DIALECT),
};

const DIALECT: PacketDialect = {
  protocol: () => "tcp",
  ask: (rule) => {
    if (rule.bits.some(({ of }) => of === "client"))
      throw new Unsayable("Snort 3 remembers bits of one connection alone, and the steps may come over several");
    return [...contentOptions(rule), ...(rule.looksAt === "connection" ? [] : ["service:http"])];
  },
  limit: ({ limit, looksAt }) => {
    if (limit?.kind !== "after") return [];
    const track = (limit.by === "client") === (looksAt === "request") ? "by_src" : "by_dst";
    return [`detection_filter:track ${track},count ${limit.count - 1},seconds ${limit.seconds}`];
  },
  metadata: (detection) =>
    metadataPairs(detection)
      .map(([name, text]) => `${name} ${text}`)
      .join(","),
  differs: (rules) => [
    ...(rules.some(({ limit }) => limit?.kind === "once")
      ? ["It speaks of every row: how often is said by an event_filter outside of the rule."]
      : []),
    ...(rules.some(({ limit }) => limit?.kind === "after")
      ? ["Once the number is reached it speaks of every further row of the window."]
      : []),
  ],
};

function contentOptions({ looksAt, content }: PacketRule): readonly string[] {
  if (looksAt === "connection") return ["dsize:>0"];
  const { methods, paths, agents, statuses } = content;
  const options: string[] = [];
  if (methods !== null) options.push("http_method", ...wholeWords(methods));
  if (paths !== null) {
    const start = commonStart(paths);
    options.push("http_uri", ...(start === "" ? [] : [`content:"${start}",depth ${start.length}`]));
    options.push(`pcre:"/${pathPattern(paths)}/"`);
  }
  if (agents !== null) options.push("http_header:field user-agent", `pcre:"/${either(agents.map(escapedPattern))}/i"`);
  if (statuses !== null) options.push("http_stat_code", `pcre:"/${statusPattern(statuses)}/"`);
  return options;
}

function wholeWords(words: readonly string[]): readonly string[] {
  const [only] = words;
  return words.length === 1 && only !== undefined
    ? [`content:"${only}"`]
    : [`pcre:"/^${either(words.map(escapedPattern))}$/"`];
}
