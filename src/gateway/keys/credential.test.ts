import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { credentialOf } from "./credential.ts";

const KEY = "corral_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCde";
const PUBLIC = "AAAAC3NzaC1lZDI1NTE5AAAAIIZCCeFKElGHPC3KG3/udSbRM1zZ4xfmytFSpBIoKfnt";
const SIGNATURE = `${"A".repeat(86)}==`;
const basic = (text: string): string => `Basic ${Buffer.from(text, "latin1").toString("base64")}`;

describe("one key, wherever it stands", () => {
  test.for<[string, readonly string[], string | null, string]>([
    ["Bearer", ["Authorization", `Bearer ${KEY}`], null, "bearer"],
    ["bearer, any case", ["AUTHORIZATION", `bEaReR ${KEY}`], null, "bearer"],
    ["two spaces", ["authorization", `Bearer  ${KEY}`], null, "bearer"],
    ["x-api-key", ["X-Api-Key", KEY], null, "api-key"],
    ["Basic password", ["Authorization", basic(`anybody:${KEY}`)], null, "basic"],
    ["Basic without user", ["Authorization", basic(`:${KEY}`)], null, "basic"],
    ["path", ["Accept", "*/*"], KEY, "path"],
    ["twice the same", ["Authorization", `Bearer ${KEY}`, "x-api-key", KEY], KEY, "bearer"],
  ])("%s", ([, headers, pathToken, from]) => {
    expect(credentialOf(["Host", "gw", ...headers], pathToken)).toEqual({ kind: "key", secret: KEY, from });
  });
});

test("Ollama's signature is told from schemes", () => {
  const header = `${PUBLIC}:${SIGNATURE}`;
  expect(credentialOf(["Authorization", header], null)).toEqual({
    kind: "signature",
    publicKey: PUBLIC,
    signature: SIGNATURE,
  });
});

describe("case 11 and its kin: what could be read in two ways is read in none", () => {
  test.for<[string, readonly string[], string | null]>([
    ["two Authorization", ["Authorization", `Bearer ${KEY}`, "authorization", "Bearer other"], null],
    ["two Authorization, the same", ["Authorization", `Bearer ${KEY}`, "Authorization", `Bearer ${KEY}`], null],
    ["two x-api-key", ["x-api-key", KEY, "X-API-KEY", KEY], null],
    ["Bearer and another x-api-key", ["Authorization", "Bearer other", "x-api-key", KEY], null],
    ["Bearer and another path token", ["Authorization", "Bearer other"], KEY],
    ["x-api-key and another path token", ["x-api-key", "other"], KEY],
    ["signature and x-api-key", ["Authorization", `${PUBLIC}:${SIGNATURE}`, "x-api-key", KEY], null],
    ["malformed Authorization and a key", ["Authorization", "Bearer", "x-api-key", KEY], null],
  ])("%s", ([, headers, pathToken]) => {
    expect(credentialOf(headers, pathToken)).toEqual({ kind: "ambiguous" });
  });
});

describe("case 36: what is no credential", () => {
  test.for([
    [""],
    [" "],
    ["Bearer"],
    ["Bearer "],
    ["Bearer\t"],
    [KEY],
    [`Bearer ${KEY} ${KEY}`],
    [`Bearer ${KEY}\u0000`],
    ["Bearer schlüssel"],
    [`Bearer ${"x".repeat(2000)}`],
    ["Basic"],
    ["Basic !!!"],
    [basic("no colon")],
    [basic("user:")],
    [basic(`user:${KEY}\u0000`)],
    [`Digest username="x"`],
    [`${PUBLIC}:`],
    [`:${SIGNATURE}`],
    [`${PUBLIC}:${SIGNATURE}:${SIGNATURE}`],
  ])("%j", ([header = ""]) => {
    expect(credentialOf(["Authorization", header], null)).toEqual({ kind: "none", why: "malformed-credential" });
  });

  test("words that are no key are looked up like any other", () => {
    for (const word of ["null", "undefined", "true", "ollama"]) {
      expect(credentialOf(["Authorization", `Bearer ${word}`], null)).toEqual({
        kind: "key",
        secret: word,
        from: "bearer",
      });
    }
  });

  test("cases 15 and 17: twins with an underscore and other headers show nothing", () => {
    const headers = ["X_Api_Key", KEY, "X-Authorization", `Bearer ${KEY}`, "Proxy-Authorization", KEY, "Cookie", KEY];
    expect(credentialOf([...headers, "X-Corral-Role", "admin", "X-Forwarded-User", "root"], null)).toEqual({
      kind: "none",
      why: "no-credential",
    });
  });
});

test("whatever comes, it is one of four kinds, and a key of printable characters", () => {
  const header = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.constantFrom(`Bearer ${KEY}`, basic("a:b")),
  );
  const name = fc.constantFrom("Authorization", "x-api-key", "Accept");
  const headers = fc.array(fc.tuple(name, header), { maxLength: 4 });
  fc.assert(
    fc.property(headers, fc.option(fc.string({ maxLength: 80 })), (pairs, pathToken) => {
      const shown = credentialOf(pairs.flat(), pathToken);
      expect(["key", "signature", "none", "ambiguous"]).toContain(shown.kind);
      if (shown.kind === "key") expect(shown.secret).toMatch(/^[!-~]{1,512}$/u);
      const authorizations = pairs.filter(([one]) => one === "Authorization").length;
      if (authorizations > 1) expect(shown.kind).toBe("ambiguous");
    }),
  );
});
