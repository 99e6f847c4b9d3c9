import type { FileCondition, FileNumber, FileSign, FileText } from "../../model/file-sign.ts";
import type { RuleLanguage } from "../rule-language.ts";

/** Rules for YARA 4.2 and later and for YARA-X, one file of all signs; the text ends in a line end. */
export function printYara(signs: readonly FileSign[]): string {
  return signs.map(yaraRule).join("\n");
}

/** YARA and YARA-X. */
export const YARA: RuleLanguage = {
  id: "yara",
  title: "YARA and YARA-X (signs of files)",
  ending: ".yar",
  comment: "// ",
  source: "YARA 4.2, YARA-X 1",
  signs: { file: "corral-file-signs.yar", print: printYara },
  print: () => ({ kind: "cannot", why: "YARA reads files, not rows of logs; its rules are the signs of files" }),
};

/** Name of a sign's rule. */
export function yaraName(id: string): string {
  return `corral_${id.replaceAll("-", "_")}`;
}

function yaraRule(sign: FileSign): string {
  const lines = [
    ...sign.falsePositives.map((one) => `// speaks though nothing is wrong: ${one}`),
    ...sign.blindTo.map((one) => `// cannot see: ${one}`),
    `rule ${yaraName(sign.id)}`,
    "{",
    "  meta:",
    ...metaOf(sign).map(([name, text]) => `    ${name} = ${quoted(text)}`),
    ...stringsOf(sign.texts),
    "  condition:",
    `    ${sayCondition(sign.condition)}`,
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function metaOf(sign: FileSign): readonly (readonly [string, string])[] {
  return [
    ["corral_id", sign.id],
    ["version", sign.version.toString()],
    ["date", sign.since],
    ["title", sign.title],
    ["description", sign.hypothesis],
    ["severity", sign.severity],
    ...sign.ids.map((id): readonly [string, string] => ["technique", id]),
    ...sign.references.map((one): readonly [string, string] => ["reference", one]),
  ];
}

function stringsOf(texts: FileSign["texts"]): readonly string[] {
  const lines = Object.entries(texts).map(([name, text]) => `    $${name} = ${textOf(text)}`);
  return lines.length === 0 ? [] : ["  strings:", ...lines];
}

function textOf(text: FileText): string {
  switch (text.kind) {
    case "text":
      return `${quoted(text.text)}${text.anyCase === true ? " nocase" : ""}`;
    case "bytes":
      return `{ ${text.hex} }`;
    case "pattern":
      return `/${text.pattern.replaceAll("/", "\\/")}/${text.anyCase === true ? "i" : ""}`;
  }
}

/** Bytes beyond ASCII are written as escapes, which both engines read alike. */
function quoted(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  return `"${bytes.map(escapedByte).join("")}"`;
}

function escapedByte(byte: number): string {
  if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCodePoint(byte)}`;
  if (byte >= 0x20 && byte < 0x7f) return String.fromCodePoint(byte);
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}

const SIGNS = { above: ">", below: "<", equal: "==", plus: "+", times: "*" } as const;

function sayCondition(condition: FileCondition): string {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.map(sayInner).join(condition.kind === "all" ? " and " : " or ");
    case "not":
      return `not ${sayInner(condition.of)}`;
    case "above":
    case "below":
    case "equal":
      return `${sayNumber(condition.left)} ${SIGNS[condition.kind]} ${sayNumber(condition.right)}`;
    case "some":
      return someOf(condition.atLeast, condition.names);
    case "at":
      return `$${condition.name} at ${condition.offset}`;
    case "within":
      return `$${condition.name} in (0..${condition.bytes})`;
    case "anywhere": {
      const where = sayCondition(condition.where).replaceAll(PLACE_MARK, `@${condition.name}[i]`);
      return `#${condition.name} > 0 and for any i in (1..#${condition.name}) : (${where})`;
    }
  }
}

function someOf(atLeast: number, names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined
    ? `$${only}`
    : `${atLeast} of (${names.map((name) => `$${name}`).join(", ")})`;
}

function sayInner(condition: FileCondition): string {
  const isPlain = condition.kind === "some" || condition.kind === "at" || condition.kind === "within";
  return isPlain ? sayCondition(condition) : `(${sayCondition(condition)})`;
}

/** Stands for the occurrence until its text is known. */
const PLACE_MARK = "@@";

function sayNumber(number: FileNumber): string {
  switch (number.kind) {
    case "value":
      return number.value.toString();
    case "size":
      return "filesize";
    case "place":
      return PLACE_MARK;
    case "uint": {
      const place = sayNumber(number.at);
      if (number.bytes < 8) return `uint${number.bytes * 8}(${place})`;
      return `(uint32(${place}) + (uint32(${place} + 4) << 32))`;
    }
    case "plus":
    case "times":
      return `(${number.of.map(sayNumber).join(` ${SIGNS[number.kind]} `)})`;
  }
}
