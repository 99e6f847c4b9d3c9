import { FAILURES } from "../model/failure.ts";
import { LINE_LIMITS } from "../model/line-limits.ts";
import { ANSWERS, SIGNS, VANTAGES } from "../model/observation.ts";
import { PROMPT_CLASSES } from "../model/prompt-class.ts";
import { LINE_FIELDS } from "./line-field.ts";
import type { LineField } from "./line-field.ts";

/**
 * SQL rules that a line keeps beyond the types of its fields, each never null. They may be stricter than the published schema
 * (`format/observation-line.ts`), never laxer: what breaks one is read again, line by line, by the schema itself.
 */
export function lineRules(kind: "observation" | "card"): readonly string[] {
  const fields: Readonly<Record<string, LineField>> = LINE_FIELDS[kind];
  const of = (type: LineField["type"]): readonly string[] =>
    Object.entries(fields)
      .filter(([, field]) => field.type === type)
      .map(([name]) => `"${name}"`);
  const needed = Object.entries(fields).filter(([, field]) => !field.nullable);
  return [
    `"schema" = 1`,
    ...needed.map(([name]) => `"${name}" IS NOT NULL`),
    ...of("text").map((name) => `coalesce(strlen(${name}) <= ${LINE_LIMITS.text}, true)`),
    ...of("integer").map((name) => `coalesce(abs(${name}) <= ${Number.MAX_SAFE_INTEGER}, true)`),
    ...of("texts").map((name) => `(${name} IS NULL OR ${name} = '[]' OR ${isTexts(name)})`),
    ...of("instant").map((name) => `coalesce(${name} BETWEEN '1970-01-02' AND '9999-12-30', true)`),
    ...PLACE_RULES,
    ...(kind === "observation" ? OBSERVATION_RULES : CARD_RULES),
  ];
}

/** Whether a JSON value is a list of few, short texts; null for null. The engine keeps JSON without spaces. */
export function isTexts(expression: string): string {
  const pattern = String.raw`\[("(?:[^"\\]|\\.)*",?)*\]`;
  const short = `strlen(${expression}) <= ${LINE_LIMITS.text} AND json_array_length(${expression}) <= ${LINE_LIMITS.words}`;
  return `(regexp_full_match(${expression}, '${pattern}') AND ${short})`;
}

const PLACE_RULES: readonly string[] = [
  "scheme IN ('http', 'https')",
  "port BETWEEN 1 AND 65535",
  `(base_path = '/' OR regexp_full_match(base_path, '(/[!"$-.0->@-~]+)+'))`,
  "(host_name IS NULL OR (strlen(host_name) <= 63 AND regexp_full_match(host_name, '([a-z0-9]([a-z0-9-]*[a-z0-9])?[.])*[a-z]+')))",
  "(run IS NULL OR regexp_full_match(run, '[0-9a-f]{32}'))",
  "source <> ''",
];

const word = SIGNS.map((sign) => `"${sign}"`).join("|");

const OBSERVATION_RULES: readonly string[] = [
  `answer IN (${listed(ANSWERS)})`,
  `coalesce(vantage IN (${listed(VANTAGES)}), true)`,
  `coalesce(failure IN (${listed(FAILURES)}), true)`,
  `(signs = '[]' OR regexp_full_match(signs, '\\[(${word})(,(${word}))*\\]'))`,
  "coalesce(status BETWEEN 100 AND 999, true)",
  "(page IS NULL OR regexp_full_match(page, '[0-9a-f]{32}'))",
  "(country IS NULL OR regexp_full_match(country, '[A-Z]{2}'))",
  "coalesce(asn BETWEEN 1 AND 4294967295, true)",
  "coalesce(requests >= 0, true)",
  "coalesce(duration_ms >= 0 AND isfinite(duration_ms), true)",
  "coalesce(json_type(certificate) = 'OBJECT', true)",
];

const CARD_RULES: readonly string[] = [
  "regexp_full_match(agreement, '[0-9a-f]{32}')",
  "coalesce(messages >= 0, true)",
  `coalesce(system_class IN (${listed(PROMPT_CLASSES)}), true)`,
  `coalesce(template_class IN (${listed(PROMPT_CLASSES)}), true)`,
  "coalesce(signs_version >= 1, true)",
];

function listed(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(", ");
}
