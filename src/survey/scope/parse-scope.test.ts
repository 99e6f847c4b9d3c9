import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../model/complaint.ts";
import { scopeExample, scopeYaml } from "../../model/scope-yaml.ts";
import { loadScope, parseScope } from "./parse-scope.ts";

const IN_2026 = Date.UTC(2026, 5, 1);

const SMALL = `name: office
operator:
  name: Network team
  contact: noc@example.org
basis: contract
authority:
  allowedBy: Customer
  since: 2026-01-01
  until: 2026-12-31
prefixes:
  - 198.18.0.0/15
ports: [11434]
limits:
  rate: 50
  perHost: 10
  perNetwork: 50
  inFlight: 100
  rescanHours: 24
vantage: outside
`;
const OWN = SMALL.replace("basis: contract", "basis: own").concat("ownSpecial: [198.18.0.0/15]\n");

function problems(text: string, nowMs = IN_2026): string[] {
  const scope = loadScope(text, "scope.yaml", nowMs);
  return scope.ok ? [] : scope.error.map(({ place, message }: Problem) => `${place}: ${message}`);
}

describe("a scope file", () => {
  test("is read with its defaults, in canonical form", () => {
    const text = OWN.replace("- 198.18.0.0/15", "- 198.18.0.7\n  - 2001:DB8:0::/48\nnames: [Models.Example.ORG.]")
      .replace("[198.18.0.0/15]", "[198.18.0.0/15, '2001:db8::/32']")
      .concat("optOut: [{who: Quiet.Example.NET, since: 2026-02-01}]\nexclude: [198.18.9.9]\n");
    expect(parseScope(text, "scope.yaml")).toEqual({
      ok: true,
      value: {
        name: "office",
        operator: { name: "Network team", contact: "noc@example.org", organisation: null },
        basis: "own",
        authority: { allowedBy: "Customer", since: "2026-01-01", until: "2026-12-31" },
        prefixes: ["198.18.0.7/32", "2001:db8::/48"],
        names: ["models.example.org"],
        ports: [11434],
        exclude: ["198.18.9.9/32"],
        optOut: [{ who: "quiet.example.net", since: "2026-02-01" }],
        ownSpecial: ["198.18.0.0/15", "2001:db8::/32"],
        limits: {
          rate: 50,
          perHost: 10,
          perNetwork: 50,
          inFlight: 100,
          rescanHours: 24,
          pilot: 100,
          cardsPerHost: 20,
          cardsPerRun: 1000,
        },
        vantage: "outside",
        depth: "cards",
        prompts: "class",
        retentionDays: 365,
        research: null,
      },
    });
  });

  test("tells every mistake at once, in the order of the file, with line, column and key", () => {
    const text = `name: lab
operator: {name: A, contact: nobody}
basis: own
authority:
  allowedBy: Head
  since: 2026-01-01
  until: 2026-02-30
prefixes:
  - 10.0.0.1/8
  - 192.168.0.0/16
  - 0.0.0.0/0
  - 127.1
  - 2001:db8::
ports: [11434, 11434, 70000]
prefixs: []
limits:
  rate: 30000
  perhost: 4
  perNetwork: 4
  inFlight: 10
  rescanHours: 1
vantage: insde
research:
  ethicsNote: x
optOut:
  - who: example.org
    since: then
`;
    expect(problems(text)).toEqual([
      "scope.yaml:2:21 operator.contact: must be an e-mail address or an https:// page that somebody reads",
      "scope.yaml:7:3 authority.until: must be a day such as 2026-01-31",
      'scope.yaml:9:5 prefixes[0]: "10.0.0.1/8" has host bits set; did you mean 10.0.0.0/8?',
      "scope.yaml:10:5 prefixes[1]: 192.168.0.0/16 lies in 192.168.0.0/16, private use (RFC 1918): if it is your own, add it to ownSpecial as well",
      "scope.yaml:11:5 prefixes[2]: 0.0.0.0/0 is everybody: name the prefixes that you may ask",
      "scope.yaml:12:5 prefixes[3]: must be text; put it in quotes",
      "scope.yaml:13:5 prefixes[4]: must be text; text that holds a colon may need quotes",
      "scope.yaml:14:16 ports[1]: 11434 is given twice",
      "scope.yaml:14:23 ports[2]: must be at most 65535",
      "scope.yaml:15:1 prefixs: is no key here; did you mean prefixes?",
      "scope.yaml:16:1 limits.perHost: is missing",
      "scope.yaml:17:3 limits.rate: is 30000, above 20000, the ceiling for basis own",
      "scope.yaml:18:3 limits.perhost: is no key here; did you mean perHost?",
      "scope.yaml:22:1 vantage: must be one of same-host, inside, outside; did you mean inside?",
      "scope.yaml:23:1 research.optOutPage: is missing",
      "scope.yaml:23:1 research.reverseDns: is missing",
      "scope.yaml:23:1 research.whois: is missing",
      "scope.yaml:23:1 research.sourceRanges: is missing",
      "scope.yaml:27:5 optOut[0].since: must be a day such as 2026-01-31",
    ]);
  });

  test.each([
    ["", "scope.yaml:1:1: must be a group of keys"],
    ["name: x\n", "scope.yaml:1:1 operator: is missing"],
    ["- a\n", "scope.yaml:1:1: must be a group of keys"],
    ["name: a\nname: b\n", 'scope.yaml:2:1: the key "name" is given twice'],
    [`${SMALL}---\n${SMALL}`, "scope.yaml:20:1: a second document begins here"],
    ["name: !!js/function x\n", "scope.yaml:1:7: not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function"],
    [
      "name: [\n",
      "scope.yaml:2:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["[".repeat(100_000), "scope.yaml:1:1: cannot be read: longer than 4000 characters"],
    ["[\n".repeat(60_000), "scope.yaml:17:1: cannot be read: more than 16 open brackets"],
    ["- ".repeat(1000), "scope.yaml:1:33: cannot be read: more than 16 of the marks - ? : in one line"],
    ["x\n".repeat(1 << 20), "scope.yaml:1:1: cannot be read: the file is larger than 1 MiB"],
    [
      Array.from({ length: 300 }, (_, at) => `${" ".repeat(at)}a:\n`).join(""),
      "scope.yaml:66:65: cannot be read: indented deeper than 64",
    ],
    [`a: &a 1\nb: [${"*a, ".repeat(40)}]\n`, "scope.yaml:2:133: more than 32 aliases"],
    ["a: &a [x]\n".repeat(65), "scope.yaml:65:4: cannot be read: more than 64 anchors"],
  ])("hostile or broken YAML is one clear problem (%#)", (text, problem) => {
    expect(problems(text)[0]).toBe(problem);
  });

  test("what a file quotes comes out without control characters, and not at length", () => {
    const shown = problems(OWN.replace("name: office", `name: "a\\u001b[2J"`).replace("[11434]", '[1]\n"k\\u001b": 1'));
    expect(shown.some((one) => one.includes("k⟨U+001B⟩: is no key here"))).toBe(true);
    expect(problems(OWN.replace("- 198.18.0.0/15", `- ${"9".repeat(290)}x`)).every((one) => one.length < 900)).toBe(
      true,
    );
  });

  test("the example is valid, and own-host scopes and examples read back as what they were", () => {
    const example = loadScope(scopeExample(), "scope.yaml", IN_2026);
    expect(example.ok).toBe(true);
    const scope = parseScope(OWN, "scope.yaml");
    const again = scope.ok ? parseScope(scopeYaml(scope.value, "A copy."), "copy.yaml") : scope;
    expect(again).toEqual(scope);
  });
});

describe("a file made to break the reader", () => {
  /** Whether the file is a scope, or problems are told, none empty, all printable. */
  const answered = (text: string): boolean => {
    const scope = loadScope(text, "scope.yaml", IN_2026);
    if (scope.ok) return true;
    return (
      scope.error.length > 0 &&
      scope.error.every(({ place, message }) => message !== "" && !/\p{Cc}/u.test(place + message))
    );
  };

  test("never throws: any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(answered(text)).toBe(true);
      }),
    );
  });

  test("never throws: YAML's own marks", () => {
    const marks = [
      "- ",
      "? ",
      ": ",
      "a",
      "&a ",
      "*a",
      "{",
      "}",
      "[",
      "]",
      ",",
      "\n",
      "  ",
      '"',
      "'",
      "|",
      ">",
      "!x ",
      "#",
      "%",
      "---\n",
      "<<",
    ];
    const piece = fc.constantFrom(...marks);
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
        (text) => {
          expect(answered(text)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("never throws: a good file with one value changed into anything", () => {
    const lines = OWN.split("\n");
    const value = fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc.string(),
      fc.constantFrom("null", "~", "[]", "{}", "[null]", "-1", "1e400", ".nan", "2001:db8::"),
    );
    fc.assert(
      fc.property(fc.nat(lines.length - 1), value, (at, text) => {
        const changed = (line: string): string => line.replace(/(:|-) .*$/u, (mark) => `${mark[0]} ${text}`);
        const file = lines.map((line, index) => (index === at ? changed(line) : line)).join("\n");
        expect(answered(file)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
