import type { Problem } from "../../model/complaint.ts";
import type { SigmaDocument, SigmaExpression, SigmaHead } from "../../model/sigma.ts";
import { inFileOrder, readYaml } from "../yaml-document.ts";
import type { YamlDocument } from "../yaml-document.ts";
import { readCondition } from "./condition-text.ts";
import { readCorrelation } from "./correlation.ts";
import { own, readHead, readLogsource, textList } from "./head.ts";
import { readSearch } from "./search.ts";
import { MOST_DOCUMENTS, splitDocuments } from "./split-documents.ts";
import { isMap, tellerOf } from "./teller.ts";
import type { Teller } from "./teller.ts";

type Map = Readonly<Record<string, unknown>>;

/** A file of rules as read: what is good, and all that is wrong with the rest. */
export interface SigmaFile {
  readonly documents: readonly SigmaDocument[];
  /** In the order of the file. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a file of Sigma rules (specification 2): detection rules, correlations and filters, one or more to a file. A document with a
 * problem is left out, with every problem told; the others are read.
 */
export function readSigma(text: string, fileName: string): SigmaFile {
  const documents: SigmaDocument[] = [];
  const problems: Problem[] = [];
  const parts = splitDocuments(text);
  if (parts.length > MOST_DOCUMENTS)
    problems.push({ place: fileName, message: `has more than ${MOST_DOCUMENTS} documents` });
  if (parts.length === 0) problems.push({ place: fileName, message: "holds no rule" });
  for (const part of parts.slice(0, MOST_DOCUMENTS)) {
    const yaml = readYaml(part, fileName);
    if (!yaml.ok) problems.push(...yaml.error);
    else {
      const found: Problem[] = [];
      const document = readDocument(yaml.value, tellerOf(yaml.value, found));
      if (document !== null && found.length === 0) documents.push(document);
      problems.push(...inFileOrder(found, fileName));
    }
  }
  return { documents, problems };
}

function readDocument({ value }: YamlDocument, teller: Teller): SigmaDocument | null {
  if (!isMap(value)) {
    teller.say([], "is no rule: a rule is a group of keys");
    return null;
  }
  if (own(value, "action") !== undefined) {
    teller.say(["action"], "collections of version 1 are not supported; write each rule out whole");
    return null;
  }
  const kinds = ["detection", "correlation", "filter"].filter((key) => own(value, key) !== undefined);
  if (kinds.length !== 1) {
    teller.say([], kinds.length === 0 ? "has no detection, correlation or filter" : `has both ${kinds.join(" and ")}`);
    return null;
  }
  const head = readHead(value, teller);
  if (kinds[0] === "correlation") return readCorrelation(own(value, "correlation"), head, teller);
  return kinds[0] === "filter" ? readFilter(value, head, teller) : readRule(value, head, teller);
}

function readRule(document: Map, head: SigmaHead, teller: Teller): SigmaDocument {
  const detection = own(document, "detection");
  const where = readDetection(isMap(detection) ? detection : {}, ["timeframe"], "detection", teller);
  if (isMap(detection) && own(detection, "timeframe") !== undefined)
    teller.say(["detection", "timeframe"], "belongs to counts of version 1; write a correlation with a timespan");
  return { ...head, kind: "rule", logsource: readLogsource(document, teller), where };
}

function readFilter(document: Map, head: SigmaHead, teller: Teller): SigmaDocument {
  const given = own(document, "filter");
  const filter: Map = isMap(given) ? given : {};
  const path = ["filter", "rules"];
  const rules = textList(filter, "rules", teller, path);
  if (own(filter, "rules") === undefined) teller.say(path, 'is missing: ids or names of rules, or "any"');
  const isAny = rules.length === 0 || (rules.length === 1 && rules[0]?.toLowerCase() === "any");
  const where = readDetection(filter, ["rules"], "filter", teller);
  return { ...head, kind: "filter", logsource: readLogsource(document, teller), where, rules: isAny ? null : rules };
}

const NOTHING: SigmaExpression = { kind: "any", of: [] };

/** Searches and the condition over them. */
function readDetection(map: Map, beside: readonly string[], key: string, teller: Teller): SigmaExpression {
  const names = Object.keys(map).filter((name) => name !== "condition" && !beside.includes(name));
  if (names.length === 0) teller.say([key], "has no search");
  const searches = new Map(names.map((name) => [name, readSearch(map[name], [key, name], teller)]));
  const condition = own(map, "condition");
  const texts: readonly unknown[] = Array.isArray(condition) ? condition : [condition];
  const of = texts.map((text, at) => {
    const path = Array.isArray(condition) ? [key, "condition", at] : [key, "condition"];
    if (typeof text !== "string") {
      teller.say(path, text === undefined ? "is missing" : "must be a text");
      return NOTHING;
    }
    const read = readCondition(text, searches);
    if (!read.ok) teller.say(path, read.error);
    return read.ok ? read.value : NOTHING;
  });
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind: "any", of };
}
