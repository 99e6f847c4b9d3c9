import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ScopeFile } from "../../model/scope-file.ts";
import { scopeOf } from "../../model/scope-of.ts";
import { reasonsNotToRun, SCOPE_RULES, scopeFaults } from "./scope-rules.ts";
import { runAuthority } from "./scope-hash.ts";

const OWN: ScopeFile = {
  name: "campaign",
  operator: { name: "Network team", contact: "noc@example.org" },
  basis: "own",
  authority: { allowedBy: "Head of network", since: "2026-01-01", until: "2026-12-31" },
  prefixes: ["10.1.0.0/16"],
  ownSpecial: ["10.0.0.0/8"],
  ports: [11434],
  limits: { rate: 50, perHost: 5, perNetwork: 20, inFlight: 100, rescanHours: 24 },
  vantage: "inside",
};
/** Space that no special range covers. Sums and ceilings need some; it is counted and never asked. */
const UNRESERVED = Array.from({ length: 12 }, (_, at) => `${12 + at}.0.0.0/8`);
const CONTRACT: ScopeFile = { ...OWN, basis: "contract", prefixes: [UNRESERVED[0]!], ownSpecial: [] };
const RESEARCH: ScopeFile = {
  ...CONTRACT,
  basis: "research",
  research: {
    ethicsNote: "Board decision 7 of 2026.",
    optOutPage: "https://survey.example.org/",
    reverseDns: "survey.example.org",
    whois: "EXAMPLE-SURVEY",
    sourceRanges: ["192.0.2.0/28"],
  },
  limits: { ...OWN.limits, rate: 1000, perHost: 6 },
};
const DAY = Date.UTC(2026, 5, 1);

function faults(file: ScopeFile, nowMs = DAY): string[] {
  return reasonsNotToRun(scopeOf(file), nowMs).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

test("the three scopes that the tests bend hold to every rule", () => {
  expect([faults(OWN), faults(CONTRACT), faults(RESEARCH)]).toEqual([[], [], []]);
});

test("ids of rules are unique and frozen", () => {
  expect(SCOPE_RULES.map((rule) => rule.id)).toEqual([
    "plain-text",
    "contact",
    "authority-days",
    "opt-out-days",
    "research",
    "prefixes",
    "everything",
    "special-ranges",
    "own-special",
    "names",
    "left-alone",
    "ports",
    "sum",
    "limits",
    "small-space",
    "depth",
    "prompts",
    "retention",
  ]);
});

test.each(SCOPE_RULES.map((rule) => rule.id))("docs/scope.md tells the rule %s", (id) => {
  const docs = readFileSync(new URL("../../../docs/scope.md", import.meta.url), "utf8");
  expect(docs.slice(docs.indexOf("## Rules"))).toMatch(new RegExp(`^\\|[^|]*\`${id}\``, "mu"));
});

describe("the calendar", () => {
  test.each([
    [Date.UTC(2025, 11, 31, 23, 59, 59, 999), ["authority.since: has not begun: today is 2025-12-31 (UTC)"]],
    [Date.UTC(2026, 0, 1), []],
    [Date.UTC(2026, 11, 31, 23, 59, 59, 999), []],
    [Date.UTC(2027, 0, 1), ["authority.until: has ended: today is 2027-01-01 (UTC); ask for a new authority"]],
  ])("an authority covers its days, both ends included, and no other (%i)", (nowMs, expected) => {
    expect(faults(OWN, nowMs)).toEqual(expected);
  });

  test.each(["2026-1-1", "2026-02-29", "2026-13-01", "soon", "2026-01-01T00:00:00Z", ""])("%s is no day", (since) => {
    expect(faults({ ...OWN, authority: { ...OWN.authority, since } })).toEqual([
      "authority.since: must be a day such as 2026-01-31",
    ]);
  });

  test("an authority does not end before it begins", () => {
    const authority = { ...OWN.authority, until: "2025-12-31" };
    expect(faults({ ...OWN, authority })).toEqual(["authority.until: ends before it begins (2026-01-01)"]);
  });
});

describe("R3, R17: research states its intent", () => {
  test("without its section it does not run", () => {
    expect(faults({ ...RESEARCH, research: null })).toEqual([
      "research: is missing: basis research needs ethicsNote, optOutPage, reverseDns, whois and sourceRanges",
    ]);
  });

  test("every field must be of use", () => {
    const research = {
      ...RESEARCH.research!,
      optOutPage: "http://survey.example.org/",
      reverseDns: "survey",
      sourceRanges: ["192.0.2.1/28"],
    };
    expect(faults({ ...RESEARCH, research })).toEqual([
      'research.sourceRanges.0: "192.0.2.1/28" has host bits set; did you mean 192.0.2.0/28?',
      "research.optOutPage: must be the https:// page that takes opt-outs",
      "research.reverseDns: must be a full host name, such as survey.example.org",
    ]);
    expect(faults({ ...RESEARCH, research: { ...RESEARCH.research!, sourceRanges: [] } })).toEqual([
      "research.sourceRanges: must name the addresses that the survey asks from",
    ]);
  });

  test("no other basis has it, and research never asks for cards", () => {
    expect(faults({ ...CONTRACT, research: RESEARCH.research! })).toEqual([
      "research: is for basis research only; this scope says contract",
    ]);
    expect(faults({ ...RESEARCH, depth: "cards" })).toEqual([
      "depth: must be metadata: research never asks for model cards",
    ]);
    expect([OWN, CONTRACT, RESEARCH].map((file) => scopeOf(file).depth)).toEqual(["cards", "metadata", "metadata"]);
    expect(faults({ ...CONTRACT, depth: "cards" })).toEqual([]);
  });
});

describe("R3, R8: somebody answers for it", () => {
  test.each(["noc@example.org", "https://example.org/contact", "first.last+tag@sub.example.org"])(
    "%s is a contact",
    (contact) => {
      expect(faults({ ...OWN, operator: { ...OWN.operator, contact } })).toEqual([]);
    },
  );

  test.each([
    "nobody",
    "@example.org",
    "noc@",
    "noc@localhost",
    "noc@10.0.0.1",
    "a b@example.org",
    "http://example.org/",
    "https://localhost/",
    "https://user:password@example.org/",
    "javascript:alert(1)",
    "noc@example.org\r\nX-Injected: 1",
    "nöc@example.org",
  ])("%s is none, and nothing runs", (contact) => {
    const told = faults({ ...OWN, operator: { ...OWN.operator, contact } });
    expect(told).toContain("operator.contact: must be an e-mail address or an https:// page that somebody reads");
  });

  test("a machine that asks itself may be reached at localhost", () => {
    const file = { ...OWN, prefixes: ["127.0.0.1", "::1"], ownSpecial: ["127.0.0.1", "::1"] };
    expect(faults({ ...file, operator: { name: "root", contact: "root@localhost" } })).toEqual([]);
  });

  test("the run record names operator, contact and who allowed it", () => {
    expect(runAuthority(scopeOf(OWN))).toMatchObject({
      scope_name: "campaign",
      basis: "own",
      operator: "Network team",
      contact: "noc@example.org",
      allowed_by: "Head of network",
      vantage: "inside",
      ports: [11434],
      depth: "cards",
    });
  });

  test("control characters are refused where they would be printed", () => {
    expect(faults({ ...OWN, name: "a\u001b[2J", authority: { ...OWN.authority, allowedBy: "x\ny" } })).toEqual([
      "name: holds a control character or a line break",
      "authority.allowedBy: holds a control character or a line break",
    ]);
  });
});

describe("R4: opt-outs", () => {
  test.for(["asn64496", "as-64496", "as64496x", "asn_64496", "as99999999999", "as0"])(
    "%s left alone is a slip of the pen, not the name of a host",
    (who) => {
      expect(faults({ ...OWN, optOut: [{ who, since: "2026-01-01" }] })).toEqual([
        `optOut.0.who: "${who}" is no AS number`,
      ]);
    },
  );

  test.for(["as64496.example.org", "asia", "AS64496"])("%s can be left alone", (who) => {
    expect(faults({ ...OWN, optOut: [{ who, since: "2026-01-01" }] })).toEqual([]);
  });

  test("each is a prefix, an address or a name, with the day it came", () => {
    const good = ["10.1.2.0/24", "10.1.2.3", "example.org", "2001:db8::/32"].map((who) => ({
      who,
      since: "2026-02-01",
    }));
    expect(faults({ ...OWN, optOut: good })).toEqual([]);
    const bad = ["10.1.2.1/24", "*.example.org", "10.1.2", "AS64496!"].map((who) => ({ who, since: "lately" }));
    expect(faults({ ...OWN, optOut: bad }).map((fault) => fault.split(":")[0])).toEqual([
      "optOut.0.since",
      "optOut.1.since",
      "optOut.2.since",
      "optOut.3.since",
      "optOut.0.who",
      "optOut.1.who",
      "optOut.2.who",
      "optOut.3.who",
    ]);
  });
});

describe("R5: special-purpose ranges", () => {
  test.each([
    [
      "10.1.0.0/16",
      "10.1.0.0/16 lies in 10.0.0.0/8, private use (RFC 1918): if it is your own, add it to ownSpecial as well",
    ],
    [
      "127.0.0.1/32",
      "127.0.0.1/32 lies in 127.0.0.0/8, loopback (RFC 1122 3.2.1.3): if it is your own, add it to ownSpecial as well",
    ],
    ["224.0.0.0/24", "224.0.0.0/24 lies in 224.0.0.0/4, multicast (RFC 5771): it cannot be asked"],
    [
      "64:ff9b::c000:200/120",
      "64:ff9b::c000:200/120 lies in 64:ff9b::/96, IPv4-IPv6 translation (RFC 6052): it cannot be asked",
    ],
    [
      "4000::/48",
      "4000::/48 lies in 4000::/2, outside IPv6 global unicast (IANA IPv6 Address Space, RFC 4291 2.4): it cannot be asked",
    ],
  ])("%s is refused", (prefix, message) => {
    expect(faults({ ...OWN, prefixes: [prefix], ownSpecial: [] })).toContain(`prefixes.0: ${message}`);
  });

  test("declaring is for own networks, and for ranges that can be own", () => {
    expect(faults({ ...CONTRACT, prefixes: ["10.1.0.0/16"], ownSpecial: ["10.0.0.0/8"] })).toEqual([
      "ownSpecial: is for basis own only; this scope says contract",
    ]);
    expect(faults({ ...CONTRACT, prefixes: ["10.1.0.0/16"] })).toContain(
      "prefixes.0: 10.1.0.0/16 lies in 10.0.0.0/8, private use (RFC 1918): only a scope of basis own may ask there",
    );
    expect(faults({ ...OWN, ownSpecial: ["10.0.0.0/8", "12.0.0.0/8", "ff00::/8", "0.0.0.0/0"] })).toEqual([
      "ownSpecial.1: 12.0.0.0/8 is not a special-purpose range: it needs no declaration",
      "ownSpecial.2: ff00::/8 cannot be anyone's own network",
      "ownSpecial.3: 0.0.0.0/0 is not a special-purpose range: it needs no declaration",
    ]);
  });
});

describe("R6: only what is named", () => {
  test("everybody is nobody's scope; research may name IPv4 whole, minus the blocklist", () => {
    const everybody = "is everybody: name the prefixes that you may ask";
    expect(faults({ ...CONTRACT, prefixes: ["0.0.0.0/0"] })).toContain(`prefixes.0: 0.0.0.0/0 ${everybody}`);
    expect(faults({ ...RESEARCH, prefixes: ["0.0.0.0/0"] })).toEqual([]);
    expect(faults({ ...RESEARCH, prefixes: ["::/0"] })).toContain(`prefixes.0: ::/0 ${everybody}`);
    const halves = ["0.0.0.0/1", "128.0.0.0/1"];
    expect(faults({ ...CONTRACT, basis: "statutory", prefixes: halves })[0]).toMatch(
      /^prefixes: names \d+ addresses; basis statutory allows 67108864/u,
    );
  });

  test("a scope names something, and leaves something", () => {
    expect(faults({ ...OWN, prefixes: [] })).toEqual([
      "prefixes: must name at least one prefix: nothing else is asked",
    ]);
    expect(faults({ ...CONTRACT, prefixes: ["12.0.0.0/24"], exclude: ["12.0.0.0/16"] })).toEqual([
      "prefixes: nothing is left to ask after the exclusions",
    ]);
  });

  test("names and ports are given once each, and ports are few", () => {
    const names = ["a.example.org", "A.example.org.", "*.example.org", "10.0.0.1"];
    expect(faults({ ...OWN, names, ports: [80, 11434, 80] })).toEqual([
      'names.2: "*.example.org" is no host name (no address, no wildcard, no port)',
      'names.3: "10.0.0.1" is no host name (no address, no wildcard, no port)',
      "names.1: a.example.org is given twice",
      "ports.2: 80 is given twice",
    ]);
    const ports = Array.from({ length: 17 }, (_, at) => at + 1);
    expect(faults({ ...RESEARCH, ports })).toEqual(["ports: has 17 entries; basis research allows 16"]);
  });
});

test("a rule whose keys could not be read is left out, the others are applied", () => {
  const scope = scopeOf({
    ...CONTRACT,
    prefixes: ["10.0.0.1/8"],
    limits: { ...OWN.limits, rate: 1e6 },
    name: "a\u0007",
  });
  expect(scopeFaults(scope, new Set(["basis"])).map((fault) => fault.path.join("."))).toEqual(["name", "prefixes.0"]);
});
