import { describe, expect, test } from "vitest";
import { DETECTIONS } from "../knowledge/detections/detections.ts";
import { FILE_SIGNS } from "../knowledge/file-signs/file-signs.ts";
import type { Detection } from "../model/detection.ts";
import { RULE_LANGUAGES } from "./languages.ts";
import { exportText, ruleFolder } from "./rule-files.ts";
import { DEFAULT_RULE_SETTING } from "./rule-language.ts";
import type { RuleLanguage } from "./rule-language.ts";
import { listRules } from "./rules-text.ts";

const ALL: readonly Detection[] = Object.values(DETECTIONS);
const LANGUAGES = Object.values(RULE_LANGUAGES);

const languageOf = (id: string): RuleLanguage => {
  const language = RULE_LANGUAGES[id];
  if (language === undefined) throw new Error(`no language ${id}`);
  return language;
};
const exported = (id: string): string => exportText(ALL, FILE_SIGNS, languageOf(id), DEFAULT_RULE_SETTING).text;

test("osquery: an export is one pack of every query", () => {
  const pack = JSON.parse(exported("osquery")) as { queries: Record<string, { query: string }> };
  const said = ALL.filter((one) => languageOf("osquery").print(one, DEFAULT_RULE_SETTING).kind === "rule");
  expect(Object.keys(pack)).toEqual(["queries"]);
  expect(Object.keys(pack.queries)).toEqual(said.map(({ id }) => `corral_${id.replaceAll("-", "_")}`));
  expect(Object.values(pack.queries).filter(({ query }) => !query.startsWith("SELECT "))).toEqual([]);
});

test("wazuh: an export begins with where its decoder is, and no comment breaks off", () => {
  const [head = "", ...rest] = exported("wazuh").split("-->");
  expect(head.startsWith("<!--\n")).toBe(true);
  expect(head).toContain("wazuh/corral_decoders.xml");
  expect(head.slice("<!--".length)).not.toContain("--");
  expect(rest.join("-->")).toContain("<decoded_as>corral-ollama</decoded_as>");
  const { files } = ruleFolder(ALL, FILE_SIGNS, [languageOf("wazuh")], DEFAULT_RULE_SETTING);
  expect(files.find(({ path }) => path === "wazuh/corral_decoders.xml")?.text).toContain(
    '<decoder name="corral-ollama">',
  );
});

describe("auditd: an export", () => {
  const text = exported("auditd");
  const lines = text.split("\n");
  const rules = lines.filter((line) => line.startsWith("-a "));
  const keysOf = (rule: string): readonly string[] => rule.split(" -k ").slice(1);

  test("names every filter once, with the keys of all detections that ask for it", () => {
    const filters = rules.map((rule) => rule.split(" -k ")[0]);
    expect(new Set(filters).size).toBe(filters.length);
    expect(rules).toContain(
      "-a always,exit -F arch=b64 -F dir=/usr/share/ollama/.ollama -F perm=wa -k corral-log-file-removed -k corral-service-key-changed -k corral-model-store-changed",
    );
    const said = ALL.filter((one) => languageOf("auditd").print(one, DEFAULT_RULE_SETTING).kind === "rule");
    expect(new Set(rules.flatMap(keysOf))).toEqual(new Set(said.map(({ id }) => `corral-${id}`)));
  });

  test("has keys that the kernel's 256 bytes hold", () => {
    expect(rules.filter((rule) => keysOf(rule).join("\u0001").length > 255)).toEqual([]);
  });

  test("goes on after a rule that fails, and puts narrower rules first", () => {
    expect(lines.filter((line) => line === "-c")).toHaveLength(1);
    expect(text.indexOf("\n-c\n")).toBeLessThan(text.indexOf("\n-a "));
    const service = rules.findIndex((rule) => rule.includes("execve,execveat -F uid=ollama "));
    const everybody = rules.findIndex((rule) => rule.includes("execve,execveat -k "));
    expect(service).toBeGreaterThanOrEqual(0);
    expect(service).toBeLessThan(everybody);
  });
});

describe("signs of files", () => {
  const listed = (languages: readonly RuleLanguage[]): readonly string[] =>
    listRules(ALL, FILE_SIGNS, languages, DEFAULT_RULE_SETTING)
      .filter(({ kind }) => kind === "sign")
      .map(({ id, languages: said }) => `${id}: ${said.join(" ")}`);

  test("are listed where a language reads files", () => {
    expect(listed(LANGUAGES)).toEqual(FILE_SIGNS.map(({ id }) => `${id}: yara`));
    expect(listed([languageOf("sigma")])).toEqual([]);
  });

  test("have ids that no detection has", () => {
    expect(FILE_SIGNS.filter(({ id }) => Object.hasOwn(DETECTIONS, id))).toEqual([]);
  });

  test("stand in the index of a folder, at the file that holds them", () => {
    const { files } = ruleFolder(ALL, FILE_SIGNS, [languageOf("yara")], DEFAULT_RULE_SETTING);
    const index = JSON.parse(files.find(({ path }) => path === "corral-rules.json")?.text ?? "") as {
      rules: readonly { sign: string; path: string }[];
    };
    expect(index.rules.map(({ sign }) => sign)).toEqual(FILE_SIGNS.map(({ id }) => id));
    expect(new Set(index.rules.map(({ path }) => path))).toEqual(new Set(["yara/corral-file-signs.yar"]));
    expect(files.map(({ path }) => path)).toContain("yara/corral-file-signs.yar");
  });
});
