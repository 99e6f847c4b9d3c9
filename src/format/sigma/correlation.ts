import { nearestWord } from "../../model/nearest-word.ts";
import type { SigmaCorrelation, SigmaCorrelationKind, SigmaHead } from "../../model/sigma.ts";
import type { YamlPath } from "../yaml-document.ts";
import { optionalText, own, textList } from "./head.ts";
import { isMap } from "./teller.ts";
import type { Teller } from "./teller.ts";

type Map = Readonly<Record<string, unknown>>;

const KINDS = ["event_count", "value_count", "value_sum", "temporal", "temporal_ordered"] as const;
const NOT_SUPPORTED = new Set(["value_avg", "value_percentile", "value_median", "temporal_extended"]);
const KEYS = ["type", "rules", "group-by", "timespan", "condition", "aliases", "generate"];
const SPAN = /^([1-9]\d{0,6})([smhdwMy])$/u;
const SPAN_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000 } as const;
const MOST_RULES = 30;

/** Reads a correlation. */
export function readCorrelation(value: unknown, head: SigmaHead, teller: Teller): SigmaCorrelation {
  const map: Map = isMap(value) ? value : {};
  if (!isMap(value)) teller.say(["correlation"], "must be a group of keys");
  for (const key of Object.keys(map)) if (!KEYS.includes(key)) teller.say(["correlation", key], unknownKey(key));
  const type = kindOf(map, teller);
  const rules = textList(map, "rules", teller, ["correlation", "rules"]);
  if (rules.length === 0) teller.say(["correlation", "rules"], "names no rule");
  if (rules.length > MOST_RULES) teller.say(["correlation", "rules"], `names more than ${MOST_RULES} rules`);
  const { atLeast, field } = conditionOf(map, type, rules.length, teller);
  return {
    ...head,
    kind: "correlation",
    type,
    rules,
    groupBy: textList(map, "group-by", teller, ["correlation", "group-by"]),
    withinSeconds: secondsOf(map, teller),
    atLeast,
    field,
    aliases: aliasesOf(map, teller),
    generate: own(map, "generate") === true,
  };
}

function unknownKey(key: string): string {
  const near = nearestWord(key, KEYS);
  return `is no key here${near === null ? "" : `; did you mean ${near}?`}`;
}

function kindOf(map: Map, teller: Teller): SigmaCorrelationKind {
  const path = ["correlation", "type"];
  const text = optionalText(map, "type", teller, path);
  const kind = KINDS.find((one) => one === text);
  if (kind !== undefined) return kind;
  if (text === null) teller.say(path, `is missing: one of ${KINDS.join(", ")}`);
  else if (NOT_SUPPORTED.has(text)) teller.say(path, `${text} is not supported: one of ${KINDS.join(", ")} is`);
  else teller.say(path, `must be one of ${KINDS.join(", ")}`);
  return "event_count";
}

function secondsOf(map: Map, teller: Teller): number {
  const path = ["correlation", "timespan"];
  const span = SPAN.exec(optionalText(map, "timespan", teller, path) ?? "");
  const unit = span?.[2];
  if (span === null || unit === undefined || !isUnit(unit)) {
    teller.say(path, "must be a time such as 30s, 5m, 2h or 1d");
    return 0;
  }
  return Number(span[1]) * SPAN_SECONDS[unit];
}

function isUnit(text: string): text is keyof typeof SPAN_SECONDS {
  return Object.hasOwn(SPAN_SECONDS, text);
}

interface Wanted {
  readonly atLeast: number;
  readonly field: string | null;
}

function conditionOf(map: Map, type: SigmaCorrelationKind, rules: number, teller: Teller): Wanted {
  const path = ["correlation", "condition"];
  const condition = own(map, "condition");
  const isTemporal = type === "temporal" || type === "temporal_ordered";
  if (isTemporal && condition === undefined) return { atLeast: rules, field: null };
  if (!isMap(condition)) {
    const words =
      typeof condition === "string" ? "a condition over rules is not supported" : "is missing: gte, gt or eq";
    teller.say(path, words);
    return { atLeast: 1, field: null };
  }
  if (type === "temporal_ordered") teller.say(path, "an order wants every one of its rules");
  const field = optionalText(condition, "field", teller, [...path, "field"]);
  const needsField = type === "value_count" || type === "value_sum";
  if (needsField && field === null) teller.say([...path, "field"], `is missing: ${type} looks at a field`);
  return { atLeast: boundOf(condition, type, path, teller), field };
}

function boundOf(condition: Map, type: SigmaCorrelationKind, path: YamlPath, teller: Teller): number {
  const bounds = Object.entries(condition).filter(([key]) => key !== "field");
  const [bound, ...more] = bounds;
  if (bound === undefined || more.length > 0) {
    teller.say(path, bound === undefined ? "needs gte, gt or eq" : "more than one bound is not supported");
    return 1;
  }
  const [key, value] = bound;
  const isWhole = type !== "value_sum";
  if (typeof value !== "number" || value < 0 || (isWhole && !Number.isInteger(value))) {
    teller.say([...path, key], "must be a number above 0");
    return 1;
  }
  if (key === "gt") return isWhole ? value + 1 : justAbove(value);
  if (key === "eq" && type === "value_sum") teller.say([...path, key], "a sum is asked with gte or gt");
  else if (key !== "gte" && key !== "eq")
    teller.say(
      [...path, key],
      "is not supported: what is rare or missing is not known before all rows are read; use gte",
    );
  if (value <= 0) teller.say([...path, key], "must be a number above 0");
  return value > 0 ? value : 1;
}

/** The smallest number above another: sums are asked with "at least". */
function justAbove(value: number): number {
  return Number.isInteger(value) ? value + 1 : value + Number.EPSILON * Math.max(1, Math.abs(value));
}

function aliasesOf(map: Map, teller: Teller): SigmaCorrelation["aliases"] {
  const aliases = own(map, "aliases");
  if (aliases === undefined) return {};
  if (!isMap(aliases)) {
    teller.say(["correlation", "aliases"], "must be a group of keys");
    return {};
  }
  return Object.fromEntries(
    Object.entries(aliases).map(([alias, fields]) => {
      const path = ["correlation", "aliases", alias];
      if (!isMap(fields)) teller.say(path, "must name a field for each rule");
      const told = isMap(fields) ? Object.keys(fields) : [];
      const named = isMap(fields) ? fields : {};
      return [
        alias,
        Object.fromEntries(told.map((rule) => [rule, optionalText(named, rule, teller, [...path, rule]) ?? ""])),
      ];
    }),
  );
}
