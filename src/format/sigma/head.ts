import type { Severity } from "../../model/finding.ts";
import type { SigmaHead, SigmaLogsource } from "../../model/sigma.ts";
import type { YamlPath } from "../yaml-document.ts";
import { isMap } from "./teller.ts";
import type { Teller } from "./teller.ts";

type Map = Readonly<Record<string, unknown>>;

/** Sigma's levels; a rule without one is taken as medium. */
const LEVELS = {
  informational: "info",
  low: "low",
  medium: "medium",
  high: "high",
  critical: "critical",
} as const satisfies Record<string, Severity>;

const LONGEST_TITLE = 400;
const LONGEST_TEXT = 20_000;

/** Reads what a document says of itself. */
export function readHead(document: Map, teller: Teller): SigmaHead {
  const level = optionalText(document, "level", teller);
  if (level !== null && !isLevel(level)) teller.say(["level"], `must be one of ${Object.keys(LEVELS).join(", ")}`);
  const title = optionalText(document, "title", teller);
  if (title === null) teller.say(["title"], "is missing");
  else if (title.length > LONGEST_TITLE) teller.say(["title"], `is longer than ${LONGEST_TITLE} characters`);
  return {
    id: optionalText(document, "id", teller),
    name: optionalText(document, "name", teller),
    title: title ?? "",
    description: optionalText(document, "description", teller) ?? "",
    level,
    severity: level !== null && isLevel(level) ? LEVELS[level] : "medium",
    tags: textList(document, "tags", teller),
    falsePositives: textList(document, "falsepositives", teller),
    references: textList(document, "references", teller),
    place: teller.placeOf([]),
  };
}

function isLevel(text: string): text is keyof typeof LEVELS {
  return Object.hasOwn(LEVELS, text);
}

/** Reads where a rule looks. */
export function readLogsource(document: Map, teller: Teller): SigmaLogsource {
  const source = own(document, "logsource");
  if (!isMap(source)) {
    teller.say(["logsource"], source === undefined ? "is missing" : "must be a group of keys");
    return { category: null, product: null, service: null };
  }
  const read = (key: string): string | null =>
    optionalText(source, key, teller, ["logsource", key])?.toLowerCase() ?? null;
  const found = { category: read("category"), product: read("product"), service: read("service") };
  if (found.category === null && found.product === null && found.service === null)
    teller.say(["logsource"], "needs a category, a product or a service");
  return found;
}

/** A text of a document; `null` = it is not there. */
export function optionalText(map: Map, key: string, teller: Teller, path: YamlPath = [key]): string | null {
  const value = own(map, key);
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && value.length <= LONGEST_TEXT && value !== "") return value;
  if (typeof value === "number") return String(value);
  teller.say(path, value === "" ? "must not be empty" : "must be a text");
  return null;
}

/** A list of texts; a text alone is a list of one. */
export function textList(map: Map, key: string, teller: Teller, path: YamlPath = [key]): readonly string[] {
  const value = own(map, key);
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.map((one) => (typeof one === "number" ? String(one) : one));
  const bad = texts.findIndex((one) => typeof one !== "string" || one === "");
  if (bad !== -1) teller.say(Array.isArray(value) ? [...path, bad] : path, "must be a text");
  return texts.filter((one) => typeof one === "string");
}

/** The value of a key that the map has itself. */
export function own(map: Map, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
