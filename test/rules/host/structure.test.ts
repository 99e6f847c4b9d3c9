import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import sax from "sax";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { DETECTIONS } from "../../../src/knowledge/detections/detections.ts";
import type { Detection } from "../../../src/model/detection.ts";
import { FALCO } from "../../../src/rules/print/falco.ts";
import { GIN_PATTERN, WAZUH, WAZUH_DECODER } from "../../../src/rules/print/wazuh.ts";
import { DEFAULT_RULE_SETTING } from "../../../src/rules/rule-language.ts";
import type { RuleLanguage } from "../../../src/rules/rule-language.ts";

const ALL: readonly Detection[] = Object.values(DETECTIONS);
const CORPUS = join(import.meta.dirname, "../../../corpus/log/ollama-server");

const textsOf = (language: RuleLanguage): readonly string[] =>
  ALL.flatMap((detection) => {
    const printed = language.print(detection, DEFAULT_RULE_SETTING);
    return printed.kind === "rule" ? [printed.text] : [];
  });

describe("falco: structure and names alone, no engine here", () => {
  /** As falco.org lists them for system calls. */
  const FIELDS =
    "evt.type evt.dir evt.is_open_write fd.typechar fd.sip fd.snet fd.sport fd.name proc.exepath proc.cmdline proc.pexepath proc.pcmdline user.name".split(
      " ",
    );
  const rules = textsOf(FALCO).map((text) => (parse(text) as Record<string, unknown>[])[0] ?? {});
  const bare = rules.map(({ condition }) => String(condition).replaceAll(/"(?:[^"\\]|\\.)*"/gu, '""'));

  test("every rule has what Falco asks for", () => {
    expect(rules.length).toBeGreaterThan(15);
    for (const rule of rules)
      expect(Object.keys(rule)).toEqual(["rule", "desc", "condition", "output", "priority", "source", "tags"]);
    expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
  });

  test("conditions name Falco's fields alone, and their brackets close", () => {
    const names = bare.flatMap((text) => text.match(/\b(?:evt|fd|proc|user)\.\w+/gu) ?? []);
    expect([...new Set(names)].filter((name) => !FIELDS.includes(name))).toEqual([]);
    for (const text of bare) expect(text.split("(").length).toBe(text.split(")").length);
  });
});

describe("wazuh: well-formed and tried on rows of the corpus, no engine here", () => {
  test("rules and decoder are well-formed XML with numbers of their own", () => {
    const ids: string[] = [];
    const parser = sax.parser(true);
    parser.onopentag = ({ name, attributes }) => {
      const { id } = attributes;
      if (name === "rule" && typeof id === "string") ids.push(id);
    };
    const all = `<all>${textsOf(WAZUH).join("")}${WAZUH_DECODER}</all>`;
    expect(() => parser.write(all).close()).not.toThrow();
    expect(ids.length).toBeGreaterThan(12);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => Number(id) < 100_000 || Number(id) > 120_000)).toEqual([]);
  });

  test("the decoder reads every row of gin without colour", async () => {
    const names = (await readdir(CORPUS)).filter((name) => name.endsWith(".log"));
    const texts = await Promise.all(names.map((name) => readFile(join(CORPUS, name), "utf8")));
    const rows = texts
      .join("\n")
      .split("\n")
      .filter((row) => /\[GIN\] \d{4}\/\d\d\/\d\d - \d\d:\d\d:\d\d \| \d{3} \|/u.test(row));
    expect(rows.length).toBeGreaterThan(5);
    const unread = rows.filter((row) => !new RegExp(GIN_PATTERN, "u").test(row));
    expect(unread).toEqual([]);
  });

  test("the decoder tells status, time, address, method and path", () => {
    const row = '[GIN] 2026/01/30 - 10:05:11 | 200 |    1.234567ms |     203.0.113.9 | POST     "/api/chat?a=1"';
    expect(new RegExp(GIN_PATTERN, "u").exec(row)?.slice(1)).toEqual([
      "200",
      "1.234567ms",
      "203.0.113.9",
      "POST",
      "/api/chat",
    ]);
  });
});
