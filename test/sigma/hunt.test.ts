import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { huntCase } from "../hunt/hunt-case.ts";
import type { HuntCase } from "../hunt/hunt-case.ts";

let here: HuntCase;

const RULE = String.raw`title: "A model was deleted \e[2J"
id: 5f3b8a52-3f7c-4c0e-9f6a-0d5b6b7c8d77
name: deleted
logsource:
  category: webserver
detection:
  selection:
    cs-method: delete
    cs-uri-stem|endswith: /delete
  condition: selection
level: critical
tags:
  - attack.t1485
`;

const OTHERS = `title: The registry
logsource:
  category: registry_set
  product: windows
detection:
  selection:
    TargetObject|contains: Run
  condition: selection
---
title: Bad
logsource:
  category: webserver
detection:
  selection:
    cs-method|contain: x
  condition: selektion
---
title: Half
name: half
logsource:
  category: webserver
detection:
  selection:
    cs-method: PATCH
    cs-referrer: x
  condition: selection
`;

beforeAll(() => {
  here = huntCase();
  mkdirSync(`${here.folder}/good`);
  mkdirSync(`${here.folder}/mixed`);
  here.write("good/deleted.yml", RULE);
  here.write("mixed/deleted.yml", RULE);
  here.write("mixed/others.yaml", OTHERS);
  here.write("mixed/readme.txt", "no rule");
  here.write(
    "access.log",
    [1, 2, 3]
      .map(
        (second) =>
          `203.0.113.7 - - [30/Jan/2026:10:06:0${second} +0000] "DELETE /api/delete HTTP/1.1" 200 5 "-" "x"\n`,
      )
      .join(""),
  );
});
afterAll(() => {
  here.remove();
});

const ID = "sigma-5f3b8a52-3f7c-4c0e-9f6a-0d5b6b7c8d77";

interface Told {
  readonly own_rule: object | null;
  readonly title: string;
}

test("alerts of own rules stand beside Corral's, marked as own", async () => {
  const { code, alerts } = await here.told(["access.log"], { sigma: "good" });
  const own = alerts.filter(({ detection }) => detection === ID);
  expect(own).toMatchObject([
    {
      severity: "critical",
      rows: 3,
      peer: "203.0.113.7",
      peer_trust: "connection",
      group: { sourceIp: "203.0.113.7" },
    },
  ]);
  const told = own[0] as unknown as Told;
  expect(told.own_rule).toEqual({
    id: "5f3b8a52-3f7c-4c0e-9f6a-0d5b6b7c8d77",
    name: "deleted",
    level: "critical",
    tags: ["attack.t1485"],
    place: "good/deleted.yml:1:1",
  });
  expect(told.title).toContain("(your Sigma rule)");
  expect(alerts.map(({ detection }) => detection)).toContain("remote-delete");
  expect(code).toBe(0);
});

test("a rule that is bad, or looks at logs that Corral does not read, does not stop the others; exit 3", async () => {
  const { code, out } = await here.hunt(["access.log"], { sigma: "mixed" });
  expect(code).toBe(3);
  expect(out).toContain(`#2 ${ID}`);
  expect(out).toContain("A model was deleted ⟨U+001B⟩[2J (your Sigma rule)");
  expect(out).toContain(`mixed: 2 Sigma rules ran
    not read: mixed/others.yaml:15:5 detection.selection.cs-method|contain: there is no modifier "contain"; did you mean contains?
    not read: mixed/others.yaml:16:3 detection.condition: there is no search "selektion"
    not run: mixed/others.yaml:1:1 The registry: Corral reads no log of category registry_set, product windows
    in part: mixed/others.yaml:18:1 Half: no event has cs-referrer
`);
});

test("--fail-on looks at own rules too; a suppression may name one", async () => {
  const only = ["listen-flip"];
  expect((await here.hunt(["access.log"], { sigma: "good", only, "fail-on": "critical" })).code).toBe(1);
  here.write(
    "quiet.yaml",
    `suppressions:\n  - detection: ${ID}\n    reason: our own cleaner\n    expires: 9999-12-31\n`,
  );
  const options = { sigma: "good", only, "fail-on": "critical", suppressions: "quiet.yaml" };
  expect((await here.hunt(["access.log"], options)).code).toBe(0);
});

test("every shape of output takes them", async () => {
  for (const format of ["csv", "markdown", "html", "sarif", "ocsf", "stix"]) {
    const { out } = await here.hunt(["access.log"], { sigma: "good", format });
    expect(out).toMatch(format === "markdown" ? /your Sigma rule/u : /sigma-5f3b8a52/u);
  }
});

test("a folder that is not there, or holds no rule, is a mistake", async () => {
  mkdirSync(`${here.folder}/empty`);
  await expect(here.hunt(["access.log"], { sigma: "absent" })).rejects.toMatchObject({ exitCode: 2 });
  await expect(here.hunt(["access.log"], { sigma: "empty" })).rejects.toMatchObject({
    problems: [{ place: "empty", message: "holds no .yml or .yaml file" }],
  });
});
