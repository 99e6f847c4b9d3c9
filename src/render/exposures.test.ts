import { describe, expect, test } from "vitest";
import { NO_LOGIN } from "../knowledge/checks/no-login.ts";
import { VERSION_INDICATED } from "../knowledge/checks/version-indicated.ts";
import { NETWORK_TIERS } from "../knowledge/networks/network-kind.ts";
import { exposureText, placeName, remediationText } from "./exposure.ts";
import type { Exposure } from "./exposure.ts";
import { ocsfEvent } from "./ocsf.ts";
import { sarifHead, sarifResult, sarifTail } from "./sarif.ts";
import { stixBundle } from "./stix.ts";

const HEAD = { toolVersion: "0.1.0", synthetic: false };
const CVE = VERSION_INDICATED[0]!;
const AT_SERVICE: Exposure = {
  place: {
    kind: "service",
    service: { scheme: "http", address: "192.0.2.7", port: 11434, host_name: null, base_path: "/" },
  },
  answer: "open",
  product: "ollama",
  version: "0.5.7",
  firstSeen: "2026-01-01T00:00:00.000Z",
  lastSeen: "2026-02-01T00:00:00.000Z",
  decoy: "likely-real",
  check: NO_LOGIN,
  severity: "critical",
  evidence: "It answered its version to a caller without credentials.",
  tier: null,
};
const AT_NETWORK: Exposure = {
  ...AT_SERVICE,
  place: { kind: "network", cidr: "192.0.2.0/24", services: 7 },
  version: null,
  decoy: null,
};
const HOSTILE: Exposure = {
  ...AT_SERVICE,
  place: {
    kind: "service",
    service: {
      scheme: "https",
      address: "2001:db8:7::1",
      port: 443,
      host_name: "a\u202e.example",
      base_path: '/"],\ud800\u0007 %zz',
    },
  },
  product: "\u001b[2Jpro",
  version: "9\u202e\u0000",
  evidence: 'It names \u001b[2J"version"\u202e.',
};
/** What cannot be seen, raw or as JSON writes it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]|\\u(?:00[0189]|d8|20[0-3])|\\[bfrt]/u;

interface Object {
  readonly id: string;
  readonly type: string;
  readonly object_refs?: readonly string[];
  readonly [key: string]: unknown;
}
function bundleOf(...exposures: readonly Exposure[]): readonly Object[] {
  const bundle = stixBundle("test", "green", HEAD);
  const seen = exposures.map((one) => bundle.seen(one));
  const text = [bundle.head(), ...seen, ...exposures.map((one) => bundle.exposure(one)), bundle.tail()].join("");
  return (JSON.parse(text) as { readonly objects: readonly Object[] }).objects;
}

describe("in words", () => {
  test("a service by its key, a network by how many", () => {
    expect(exposureText(AT_SERVICE)).toBe(
      "http://192.0.2.7:11434/ answered its version to a caller without credentials.",
    );
    expect(exposureText(AT_NETWORK)).toBe(`7 services in 192.0.2.0/24: ${NO_LOGIN.title}.`);
    expect(placeName(HOSTILE.place)).toContain("⟨U+202E⟩");
  });
});

describe("what closes it", () => {
  test("differs by tier where the tier makes it another thing to do", () => {
    const texts = [null, ...NETWORK_TIERS].map((tier) => remediationText(NO_LOGIN, tier));
    expect(new Set(texts).size).toBe(5);
    expect(remediationText(NO_LOGIN, "telecom-residential")).toMatch(/^firewall \(minutes\): In the router/mu);
    expect(remediationText(NO_LOGIN, "other")).toBe(remediationText(NO_LOGIN, null));
  });

  test("is told for the tier of the service in all three", () => {
    const atHome: Exposure = { ...AT_SERVICE, tier: "telecom-residential" };
    const told = (one: Exposure): readonly string[] => [
      sarifResult(one, [NO_LOGIN]),
      ocsfEvent(one, HEAD),
      JSON.stringify(bundleOf(one).filter(({ type }) => type === "note")),
    ];
    for (const text of told(atHome)) expect(text).toContain("turn off UPnP");
    for (const text of [...told(AT_SERVICE), ...told(AT_NETWORK)]) {
      expect(text).not.toContain("UPnP");
      expect(text).toContain("DOCKER-USER");
    }
  });
});

describe("STIX", () => {
  test("ids of observables are those that OASIS stix2 3.0.2 makes", () => {
    const ids = bundleOf(AT_SERVICE).map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        "ipv4-addr--fe609036-dbde-52d8-a120-35d115a7d338",
        "software--ded046bc-35fb-5f84-995f-6723528f696f",
        "network-traffic--79607710-1ebc-5cce-8a41-b33bcb9c8677",
        "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
      ]),
    );
  });

  test("every object stands in it once, and what it refers to stands in it too", () => {
    const objects = bundleOf(AT_SERVICE, { ...AT_SERVICE, check: CVE, severity: CVE.severity }, AT_NETWORK);
    const ids = objects.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(objects.flatMap((one) => one.object_refs ?? []).filter((ref) => !ids.includes(ref))).toEqual([]);
    expect(objects.map(({ type }) => type).toSorted()).toEqual([
      "identity",
      "ipv4-addr",
      "ipv4-addr",
      "marking-definition",
      "network-traffic",
      "network-traffic",
      "note",
      "note",
      "note",
      "observed-data",
      "observed-data",
      "software",
      "software",
      "vulnerability",
    ]);
  });

  test("an exposure is no vulnerability; what a version indicates is one", () => {
    expect(bundleOf(AT_SERVICE).filter(({ type }) => type === "vulnerability")).toEqual([]);
    expect(bundleOf({ ...AT_SERVICE, check: CVE })).toContainEqual(
      expect.objectContaining({ type: "vulnerability", name: CVE.ids.cve[0] }),
    );
  });
});

describe("SARIF", () => {
  test("a result names its rule, its level and its place", () => {
    expect(JSON.parse(sarifResult(AT_SERVICE, [CVE, NO_LOGIN]))).toMatchObject({
      ruleId: "no-login",
      ruleIndex: 1,
      level: "error",
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "http://192.0.2.7:11434/" } },
          logicalLocations: [{ name: "192.0.2.7", fullyQualifiedName: "http://192.0.2.7:11434/" }],
        },
      ],
      properties: { decoy: "likely-real", services: 1 },
    });
  });

  test("the place and the check alone make the fingerprint", () => {
    const print = (one: Exposure): unknown =>
      (JSON.parse(sarifResult(one, [NO_LOGIN])) as { readonly partialFingerprints: unknown }).partialFingerprints;
    expect(print({ ...AT_SERVICE, version: "0.9.0", lastSeen: "2026-03-01T00:00:00.000Z" })).toEqual(print(AT_SERVICE));
    expect(print(AT_NETWORK)).not.toEqual(print(AT_SERVICE));
    expect(print({ ...AT_SERVICE, check: CVE })).not.toEqual(print(AT_SERVICE));
  });

  test("a CVE of Ollama stands with results of Ollama, not with the rule; one that a version indicates with both", () => {
    const head = JSON.parse(sarifHead(HEAD, [NO_LOGIN, CVE]) + sarifTail([])) as {
      readonly runs: readonly [
        { readonly tool: { readonly driver: { readonly rules: readonly { readonly properties: unknown }[] } } },
      ];
    };
    const [noLogin, versionIndicated] = head.runs[0].tool.driver.rules.map(({ properties }) =>
      JSON.stringify(properties),
    );
    expect(noLogin).not.toContain("CVE-");
    expect(versionIndicated).toContain(CVE.ids.cve[0]);
    const cves = (one: Exposure): unknown =>
      (JSON.parse(sarifResult(one, [NO_LOGIN, CVE])) as { readonly properties: { readonly cve: unknown } }).properties
        .cve;
    expect(cves(AT_SERVICE)).toEqual(["CVE-2025-63389"]);
    expect(cves({ ...AT_SERVICE, product: "qdrant" })).toEqual([]);
    expect(cves({ ...AT_NETWORK, product: null })).toEqual([]);
    expect(cves({ ...AT_NETWORK, product: null, check: CVE })).toEqual(CVE.ids.cve);
  });

  test("a lake that could not be read whole is no success", () => {
    const log = (leftOut: readonly string[]): unknown => JSON.parse(sarifHead(HEAD, [NO_LOGIN]) + sarifTail(leftOut));
    expect(log(["segment/x: missing"])).toMatchObject({
      runs: [
        {
          results: [],
          invocations: [
            {
              executionSuccessful: false,
              toolExecutionNotifications: [{ message: { text: "left out, damaged: segment/x: missing" } }],
            },
          ],
        },
      ],
    });
    expect(log([])).toMatchObject({ runs: [{ invocations: [{ executionSuccessful: true }] }] });
  });
});

describe("OCSF", () => {
  test("an exposure is a detection finding, a version-indicated CVE a vulnerability finding", () => {
    expect(JSON.parse(ocsfEvent(AT_SERVICE, HEAD))).toMatchObject({
      class_uid: 2004,
      type_uid: 200_401,
      severity_id: 5,
      confidence_id: 3,
      time: 1_769_904_000_000,
      resources: [{ ip: "192.0.2.7", version: "0.5.7" }],
    });
    expect(JSON.parse(ocsfEvent({ ...AT_SERVICE, check: CVE }, HEAD))).toMatchObject({
      class_uid: 2002,
      type_uid: 200_201,
      confidence_id: 2,
      vulnerabilities: [{ cve: { uid: CVE.ids.cve[0] }, affected_packages: [{ name: "ollama", version: "0.5.7" }] }],
    });
  });

  test("of a decoy confidence is low", () => {
    expect(JSON.parse(ocsfEvent({ ...AT_SERVICE, decoy: "likely-decoy" }, HEAD))).toMatchObject({ confidence_id: 1 });
  });
});

test("what servers wrote is harmless in all three", () => {
  const texts = [
    sarifResult(HOSTILE, [NO_LOGIN]),
    ocsfEvent(HOSTILE, HEAD),
    ...bundleOf(HOSTILE).map((one) => JSON.stringify(one)),
  ];
  expect(texts.filter((text) => UNSEEN.test(text.replaceAll(String.raw`\n`, "")))).toEqual([]);
});
