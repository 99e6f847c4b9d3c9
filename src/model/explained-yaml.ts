import { Document, isMap, isScalar, isSeq } from "yaml";

/** How wide a written line may be. */
const LINE_WIDTH = 100;

/** A value as a YAML document with each key's description of a JSON Schema above it; lists of plain values stand in one line with `compact`. */
export function explainedYaml(value: unknown, schema: unknown, comment: string, compact = false): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  explain(document.contents, schema);
  if (compact) inOneLine(document.contents);
  if (comment !== "") document.commentBefore = commentOf(comment);
  return document.toString({ lineWidth: LINE_WIDTH });
}

/** A text as comment lines, to stand in a file as what could be there. */
export function commentedOut(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `# ${line}`.trimEnd())
    .join("\n");
}

/** Lines as the YAML library writes comments: each begins after the `#`. */
export function commentOf(text: string): string {
  return text.trimEnd().replaceAll(/^/gmu, " ");
}

/** Puts each key's description of the schema above it. */
function explain(node: unknown, schema: unknown): void {
  if (!isMap(node)) return;
  for (const pair of node.items) {
    const key = pair.key;
    if (!isScalar(key) || typeof key.value !== "string") continue;
    const choices = choicesOf(schema, key.value);
    const description = choices.map((choice) => choice["description"]).find((words) => typeof words === "string");
    if (description !== undefined) key.commentBefore = commentOf(description);
    explain(pair.value, choices.find(isGroup));
  }
}

/** The schema of one property, then each of its alternatives ("or null", "or a word"), deep. */
function choicesOf(schema: unknown, key: string): Record<string, unknown>[] {
  const properties = isRecord(schema) ? schema["properties"] : null;
  const named = isRecord(properties) && Object.hasOwn(properties, key) ? properties[key] : null;
  return withAlternatives(named ?? (isRecord(schema) ? schema["additionalProperties"] : null));
}

function withAlternatives(schema: unknown): Record<string, unknown>[] {
  if (!isRecord(schema)) return [];
  const alternatives: unknown[] = Array.isArray(schema["anyOf"]) ? schema["anyOf"] : [];
  return [schema, ...alternatives.flatMap(withAlternatives)];
}

function isGroup(schema: Record<string, unknown>): boolean {
  return isRecord(schema["properties"]) || isRecord(schema["additionalProperties"]);
}

function inOneLine(node: unknown): void {
  if (isSeq(node)) {
    node.flow = true;
    for (const item of node.items) if (isMap(item)) item.flow = true;
  }
  if (!isMap(node)) return;
  if (node.items.length === 0) node.flow = true;
  for (const { value } of node.items) inOneLine(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
