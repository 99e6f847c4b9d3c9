import { execFileSync, spawnSync } from "node:child_process";
import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { leafCertificate } from "./certificate.ts";
import { ensureLocalCertificate } from "./local-ca.io.ts";
import type { LocalCertificate } from "./local-ca.io.ts";
import { ownNames, vouchedFor } from "./local-names.ts";

const DAY_MS = 86_400_000;
/** Of the day: what judges here (OpenSSL, Node) looks at the clock. */
const NOW = Date.now();
const NAMES = ["localhost", "gpu.example.org", "127.0.0.1", "::1", "192.0.2.7", "2001:db8::7"];

let state = "";
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "corral-tls-"));
});
afterEach(() => {
  rmSync(state, { recursive: true });
});

const inTls = (name: string): string => join(state, "tls", name);

function verify(certificateFile: string, ...more: string[]): { readonly ok: boolean; readonly said: string } {
  const args = [
    "verify",
    "-x509_strict",
    "-purpose",
    "sslserver",
    ...more,
    "-CAfile",
    inTls("ca.pem"),
    certificateFile,
  ];
  const ran = spawnSync("openssl", args, { encoding: "utf8" });
  return { ok: ran.status === 0, said: ran.stdout + ran.stderr };
}

test("OpenSSL accepts the chain for every name, strictly", async () => {
  const made = await ensureLocalCertificate(state, NAMES, NOW);
  expect(made).toMatchObject({ isNewAuthority: true, leftOut: [], authorityFile: inTls("ca.pem") });
  expect(made.fingerprint).toBe(new X509Certificate(readFileSync(inTls("ca.pem"))).fingerprint256);
  expect(verify(inTls("gateway.pem"), "-verify_hostname", "gpu.example.org").said).toContain(": OK");
  expect(verify(inTls("gateway.pem"), "-verify_ip", "2001:db8::7").ok).toBe(true);
  expect(verify(inTls("gateway.pem"), "-verify_hostname", "other.example.org").ok).toBe(false);
});

test("keys are for their owner alone", async () => {
  await ensureLocalCertificate(state, NAMES, NOW);
  const modes = readdirSync(inTls("."))
    .toSorted()
    .map((name) => [name, statSync(inTls(name)).mode & 0o777]);
  expect(Object.fromEntries(modes)).toEqual({
    "ca-key.pem": 0o600,
    "ca-limits.json": 0o600,
    "ca.pem": 0o644,
    "gateway-key.pem": 0o600,
    "gateway.pem": 0o644,
  });
});

async function greeted({ certificate, key }: LocalCertificate, ca: Buffer, host: string): Promise<string> {
  const server = createServer({ cert: certificate, key }, (_, response) => response.end("hello"));
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port, ca, servername: host, headers: { host } };
      get(options, (response) => response.setEncoding("utf8").on("data", resolve)).on("error", reject);
    });
  } finally {
    server.close();
  }
}

test("a client that trusts the authority talks to a server of the certificate, under its names alone", async () => {
  const made = await ensureLocalCertificate(state, NAMES, NOW);
  const ca = readFileSync(made.authorityFile);
  expect(await greeted(made, ca, "gpu.example.org")).toBe("hello");
  await expect(greeted(made, ca, "bank.example.org")).rejects.toThrow("does not match");
});

describe("whoever has the authority's key can vouch for nobody else", () => {
  test.for<[string, boolean]>([
    ["printer.local", true],
    ["10.9.8.7", true],
    ["gpu.example.org", true],
    ["below.gpu.example.org", true],
    ["bank.example.com", false],
    ["example.org", false],
    ["198.51.100.1", false],
    ["2001:db8::8", false],
  ])("%s: %s", async ([name, isAllowed]) => {
    const made = await ensureLocalCertificate(state, NAMES, NOW);
    const leaf = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const forged = leafCertificate({
      subject: "forged",
      issuer: new X509Certificate(readFileSync(made.authorityFile)).subject.slice("CN=".length),
      publicKey: leaf.publicKey,
      issuerKey: createPrivateKey(readFileSync(inTls("ca-key.pem"))),
      serial: Buffer.from([1]),
      from: NOW - DAY_MS,
      until: NOW + DAY_MS,
      names: [name],
    });
    writeFileSync(inTls("forged.pem"), forged);
    const verdict = verify(inTls("forged.pem"));
    expect(verdict.ok ? "vouched for" : verdict.said).toContain(
      isAllowed ? "vouched for" : "permitted subtree violation",
    );
  });
});

describe("the second time", () => {
  test("nothing is made anew that still fits", async () => {
    const first = await ensureLocalCertificate(state, NAMES, NOW);
    const second = await ensureLocalCertificate(state, NAMES.slice(2), NOW + 366 * DAY_MS);
    expect(second).toEqual({ ...first, isNewAuthority: false });
  });

  test.for<[string, readonly string[], number]>([
    ["within 30 days of its end", NAMES, 368],
    ["for a name that is new and local", [...NAMES, "new.lan"], 0],
    ["for an address that is new and private", [...NAMES, "192.168.7.7"], 0],
  ])("the certificate is made anew %s, the authority stays", async ([, names, days]) => {
    const first = await ensureLocalCertificate(state, NAMES, NOW);
    const second = await ensureLocalCertificate(state, names, NOW + days * DAY_MS);
    expect(second.certificate).not.toBe(first.certificate);
    expect([second.fingerprint, second.isNewAuthority, second.leftOut]).toEqual([first.fingerprint, false, []]);
    expect(verify(inTls("gateway.pem"), "-attime", String(Math.floor(NOW / 1000) + days * 86_400)).ok).toBe(true);
  });

  test("a name that the trusted authority may not vouch for is left out and told", async () => {
    await ensureLocalCertificate(state, NAMES, NOW);
    const second = await ensureLocalCertificate(state, [...NAMES, "other.example.net", "203.0.113.9"], NOW);
    expect([second.leftOut, second.isNewAuthority]).toEqual([["other.example.net", "203.0.113.9"], false]);
  });

  test("an authority that ends within 30 days is made anew, and so is what it vouched for", async () => {
    const first = await ensureLocalCertificate(state, NAMES, NOW);
    const second = await ensureLocalCertificate(state, NAMES, NOW + 3621 * DAY_MS);
    expect([second.isNewAuthority, second.fingerprint === first.fingerprint]).toEqual([true, false]);
  });

  test.for<[string, () => void, string]>([
    ["one half is missing", () => rmSync(inTls("ca-key.pem")), "ca-key.pem: cannot be used: it is missing"],
    ["a file is damaged", () => writeFileSync(inTls("gateway.pem"), "damaged"), "gateway.pem: cannot be used"],
    ["limits are damaged", () => writeFileSync(inTls("ca-limits.json"), "{"), "ca-limits.json: cannot be used"],
    [
      "the key is another's",
      () => cpSync(inTls("gateway-key.pem"), inTls("ca-key.pem")),
      "ca-key.pem: cannot be used: it is not the key of the certificate beside it",
    ],
  ])("when %s, nothing is made in its place", async ([, damage, message]) => {
    await ensureLocalCertificate(state, NAMES, NOW);
    damage();
    const before = readFileSync(inTls("ca.pem"), "utf8");
    await expect(ensureLocalCertificate(state, NAMES, NOW)).rejects.toThrow(message);
    expect(readFileSync(inTls("ca.pem"), "utf8")).toBe(before);
  });
});

test("dates beyond 2049 are written as the standard wants", async () => {
  await ensureLocalCertificate(state, NAMES, Date.UTC(2045, 0, 1));
  const text = execFileSync("openssl", ["asn1parse", "-in", inTls("ca.pem")], { encoding: "utf8" });
  expect(text).toMatch(/UTCTIME +:441231000000Z\n.*GENERALIZEDTIME +:20541230000000Z/u);
});

test("the names of a gateway: its own, those that clients use, and nothing that is no name", () => {
  const interfaces = ["192.168.1.2", "fe80::1", "2001:db8::2"].map((address) => ({
    name: "eth0",
    address,
    prefixLength: 64,
  }));
  const listen = { address: "0.0.0.0", names: ["GPU.lan", "not a name", "*.lan", "192.0.2.9"] };
  expect(ownNames(listen, "Box.example.org", interfaces)).toEqual([
    "localhost",
    "box.example.org",
    "box.local",
    "gpu.lan",
    "192.0.2.9",
    "127.0.0.1",
    "::1",
    "192.168.1.2",
    "2001:db8::2",
  ]);
  expect(ownNames({ address: "192.168.1.2", names: [] }, "box", interfaces)).toEqual([
    "localhost",
    "box",
    "box.local",
    "127.0.0.1",
    "::1",
    "192.168.1.2",
  ]);
  expect(vouchedFor(["box.local", "10.0.0.1"])).toEqual(vouchedFor([]));
});
