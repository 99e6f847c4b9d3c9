import { expect, test } from "vitest";
import { DETECTIONS } from "../../../src/knowledge/detections/detections.ts";
import { STORY_SETTING } from "../../../src/knowledge/detections/story.ts";
import type { Detection } from "../../../src/model/detection.ts";
import { SNORT3 } from "../../../src/rules/print/snort3.ts";
import { SURICATA, SURICATA_LEGACY } from "../../../src/rules/print/suricata.ts";
import { DEFAULT_RULE_SETTING } from "../../../src/rules/rule-language.ts";
import type { RuleLanguage, RuleSetting } from "../../../src/rules/rule-language.ts";
import { HAS_ENGINES } from "../engines/python-engine.ts";
import { checkContents } from "./content-check.ts";
import { styleOf } from "./suricata-style.ts";
import { passagesOf } from "./wire.ts";

const ALL: readonly Detection[] = Object.values(DETECTIONS);

function printed(language: RuleLanguage, setting: RuleSetting): readonly { detection: Detection; text: string }[] {
  return ALL.flatMap((detection) => {
    const rule = language.print(detection, setting);
    return rule.kind === "rule" ? [{ detection, text: rule.text }] : [];
  });
}

const linesOf = (language: RuleLanguage, setting: RuleSetting = DEFAULT_RULE_SETTING): readonly string[] =>
  printed(language, setting).flatMap(({ text }) => text.split("\n").filter((line) => line.startsWith("alert ")));
const sidsOf = (language: RuleLanguage): readonly string[] =>
  linesOf(language).map(
    (line) => `${/corral_id ([\w-]+)/u.exec(line)?.[1] ?? ""} ${/sid:(\d+)/u.exec(line)?.[1] ?? ""}`,
  );

/** Stories on which rules for packets differ from Corral, each with its reason. */
const DIFFERS: Readonly<Record<string, readonly string[]>> = {
  // Each step is remembered for an hour by itself.
  "blob-create-push": ["wrong: more than an hour from first to last"],
  // Logs of a proxy or gateway; a sensor before the server's port sees its own refusals alone.
  "host-refusal-burst": ["wrong: a proxy's own refusals", "wrong: a gateway's refusals"],
  "signin-refusal-burst": ["wrong: a proxy's own refusals"],
  // Requests to another application, which never come to the server's port.
  "scanner-agent": ["wrong: a scanner at a web site", "wrong: a scanner at a web site's first page"],
  "debug-path-asked": ["wrong: another application in the proxy's log"],
  // Packets always tell a status.
  "debug-path-answered": ["wrong: no status told", "wrong: another application in the proxy's log"],
};

test.for(printed(SURICATA, STORY_SETTING))(
  "$detection.id: contents are in the packets of stories that it must speak of, and in no others",
  ({ detection, text }) => {
    const speaks = (events: Detection["fires"][number]["events"]): boolean =>
      checkContents(text, passagesOf(events)).size > 0;
    const missed = detection.fires.filter(({ events }) => !speaks(events)).map(({ title }) => `missed: ${title}`);
    const wrong = detection.silent.filter(({ events }) => speaks(events)).map(({ title }) => `wrong: ${title}`);
    expect([...missed, ...wrong]).toEqual(DIFFERS[detection.id] ?? []);
  },
);

test("numbers are frozen and within the range", () => {
  expect(sidsOf(SURICATA)).toMatchInlineSnapshot(`
    [
      "stranger-connected 1143000",
      "stranger-connection-burst 1143010",
      "stranger-request-burst 1143020",
      "stranger-inference 1143030",
      "stranger-inference 1143031",
      "blob-create-push 1143040",
      "blob-create-push 1143041",
      "blob-create-push 1143042",
      "blob-create-push 1143043",
      "blob-create-push 1143044",
      "pull-then-push 1143050",
      "pull-then-push 1143051",
      "pull-then-push 1143052",
      "stranger-changes-models 1143060",
      "stranger-changes-models 1143061",
      "host-refusal-burst 1143070",
      "preflight-burst 1143080",
      "remote-delete 1143090",
      "remote-delete 1143091",
      "remote-copy 1143100",
      "remote-copy 1143101",
      "remote-signout 1143110",
      "remote-signout 1143111",
      "remote-signout 1143112",
      "catalogue-then-inference 1143120",
      "catalogue-then-inference 1143121",
      "catalogue-then-inference 1143122",
      "catalogue-then-inference 1143123",
      "catalogue-then-inference 1143124",
      "signin-refusal-burst 1143130",
      "scanner-agent 1143140",
      "model-card-harvest 1143150",
      "model-card-harvest 1143151",
      "account-asked 1143160",
      "account-asked 1143161",
      "web-tools-used 1143170",
      "web-tools-used 1143171",
      "debug-path-asked 1143180",
      "debug-path-answered 1143190",
      "debug-path-answered 1143191",
      "server-error-burst 1143200",
      "server-error-burst 1143201",
      "queue-full-burst 1143210",
      "queue-full-burst 1143211",
    ]
  `);
  expect(sidsOf(SURICATA_LEGACY)).toEqual(sidsOf(SURICATA));
  expect(sidsOf(SURICATA)).toEqual(expect.arrayContaining([...sidsOf(SNORT3)]));
});

test.runIf(HAS_ENGINES).for([SURICATA, SURICATA_LEGACY])("suricata-check reads every rule: $id", (language) => {
  const lines = linesOf(language);
  expect(styleOf(`${lines.join("\n")}\n`)).toEqual({ read: lines.length, complaints: [] });
});

test.runIf(HAS_ENGINES)("suricata-check complains of an option that does not exist", () => {
  const rule = 'alert http any any -> any any (msg:"a"; http.uri; content:"/a"; bogus:1; sid:1; rev:1;)\n';
  expect(styleOf(rule).complaints).toHaveLength(1);
});

test("modifiers stand where sticky buffers do, and ask the same", () => {
  const contents = (line: string): readonly string[] => [...line.matchAll(/content:"[^"]+"/gu)].map(([one]) => one);
  const patterns = (line: string): readonly string[] =>
    [...line.matchAll(/pcre:"\/(.+?)\/[A-Z]?i?"/gu)].map(([, one = ""]) => one);
  const [sticky, legacy] = [linesOf(SURICATA), linesOf(SURICATA_LEGACY)];
  expect(legacy.map(contents)).toEqual(sticky.map(contents));
  expect(legacy.map(patterns)).toEqual(sticky.map(patterns));
  expect(legacy.filter((line) => /http\.|startswith/u.test(line))).toEqual([]);
  expect(sticky.filter((line) => /http_/u.test(line))).toEqual([]);
});

/** Options of Snort 3 that the printer uses, as its rule writing guide names them. */
const SNORT_OPTIONS =
  "msg flow http_method http_uri http_header http_stat_code content pcre service dsize flowbits detection_filter reference classtype sid rev metadata".split(
    " ",
  );

test("rules for Snort 3 use its options alone", () => {
  const names = linesOf(SNORT3).flatMap((line) =>
    line
      .slice(line.indexOf(" (") + 2, -2)
      .split("; ")
      .map((option) => option.split(":")[0] ?? ""),
  );
  expect([...new Set(names)].filter((name) => !SNORT_OPTIONS.includes(name))).toEqual([]);
});
