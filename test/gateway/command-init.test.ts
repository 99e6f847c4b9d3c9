import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/gateway/config/load-config.io.ts";
import { runGatewayInit } from "../../src/gateway/command/init-command.io.ts";
import { runKeyAdd, runKeyList, runKeyRevoke, runKeyRotate } from "../../src/gateway/command/key-command.io.ts";
import { openKeyStore } from "../../src/gateway/keys/key-store.io.ts";
import { createKeyTable } from "../../src/gateway/keys/key-table.ts";
import { readAuditKey } from "../../src/gateway/record/audit-key.io.ts";
import { readOperationsToken } from "../../src/gateway/record/operations-token.io.ts";
import type { Terminal } from "../../src/model/command.ts";
import { testTerminal } from "../support/test-terminal.ts";
import type { TestTerminal } from "../support/test-terminal.ts";

let folder = "";
let terminal: TestTerminal;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corral-init-"));
  terminal = testTerminal(folder);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A terminal at which somebody types these lines. */
function typed(...lines: string[]): Terminal {
  const input = async function* (): AsyncGenerator<Uint8Array, void> {
    for (const line of lines) yield await Promise.resolve(Buffer.from(`${line}\n`));
  };
  return { ...terminal, interactive: true, input };
}

const load = (name = "gateway.yaml"): ReturnType<typeof loadConfig> => loadConfig(name, folder, { ids: [] });
const found = async (secret: string): Promise<unknown> => {
  using store = await openKeyStore(join(folder, "gateway-state"));
  return createKeyTable(store.rows()).find(secret, "127.0.0.1", Date.now());
};

test("makes all that a gateway needs, for its owner alone, and shows key and token once", async () => {
  await runGatewayInit([], { yes: true }, terminal);
  const key = terminal.written.out.trim();
  expect(key).toMatch(/^corral_[A-Za-z0-9_-]{43}$/u);
  expect(await found(key)).toMatchObject({ name: "first key", role: "user" });
  const config = await load();
  expect([config.upstream, config.listen.address, config.state]).toEqual([
    "http://127.0.0.1:11434",
    "127.0.0.1",
    join(folder, "gateway-state"),
  ]);
  await readAuditKey(config.state);
  const isToken = await readOperationsToken(config.state);
  const token = /^corral_ops_\S+$/mu.exec(terminal.written.said)?.[0];
  expect([isToken(`Bearer ${token}`), isToken(`Bearer ${key}`)]).toEqual([true, false]);
  expect([statSync(join(folder, "gateway.yaml")).mode & 0o777, statSync(config.state).mode & 0o777]).toEqual([
    0o600, 0o700,
  ]);
  const files = readdirSync(config.state).map((name) => readFileSync(join(config.state, name), "latin1"));
  expect([...files, readFileSync(join(folder, "gateway.yaml"), "utf8")].join("")).not.toContain(key.slice(7));
  expect(readdirSync(folder).toSorted()).toEqual(["gateway-state", "gateway.yaml"]);
});

test("writes over nothing, and makes nothing beside it", async () => {
  writeFileSync(join(folder, "gateway.yaml"), "mine");
  await expect(runGatewayInit([], { yes: true }, terminal)).rejects.toThrow("gateway.yaml: is there already");
  expect([readFileSync(join(folder, "gateway.yaml"), "utf8"), readdirSync(folder)]).toEqual(["mine", ["gateway.yaml"]]);
});

test("asks on a terminal; an empty line is the usual answer, and TLS is asked only beyond loopback", async () => {
  await runGatewayInit([], {}, typed("http://127.0.0.1:8080/base", "0.0.0.0:443", "local-ca", ""));
  const config = await load();
  expect([config.upstream, config.listen, Object.keys(config.roles)]).toEqual([
    "http://127.0.0.1:8080/base",
    { address: "0.0.0.0", port: 443, tls: "local-ca", names: [], behind: [], plain: "no" },
    ["user"],
  ]);
  expect(terminal.written.said).toContain("NODE_EXTRA_CA_CERTS=ca.pem");
  expect(readdirSync(join(folder, "gateway-state", "tls"))).toContain("ca.pem");
});

test("who ends the input early has nothing written", async () => {
  const before = readdirSync(folder);
  await expect(runGatewayInit([], { config: "other.yaml" }, typed())).rejects.toThrow("nothing was written");
  expect(readdirSync(folder)).toEqual(before);
});

describe("what would be open or wrong is told before anything is made", () => {
  test.for<[Record<string, unknown>, string]>([
    [{ listen: "0.0.0.0" }, "--listen: is open beyond this machine without TLS"],
    [{ listen: "[::]:80", tls: "none" }, "--listen: is open beyond this machine without TLS"],
    [{ listen: "192.0.2.1", "private-ranges": true }, "--listen: is a public address"],
    [{ listen: "0.0.0.0", behind: ["0.0.0.0/0"] }, "--behind: holds more public addresses"],
    [{ listen: "somewhere" }, "--listen: is no IP address"],
    [{ listen: "1:2:3" }, "--listen: is no address and port"],
    [{ tls: "yes" }, "--tls: is neither"],
    [{ upstream: "127.0.0.1:11434" }, "--upstream: is no http or https URL"],
    [{ role: "Root" }, "--role: a role's name is lower-case"],
  ])("%j", async ([options, message]) => {
    await expect(runGatewayInit([], { yes: true, ...(options as object) }, terminal)).rejects.toThrow(message);
    expect([readdirSync(folder), terminal.written.out]).toEqual([[], ""]);
  });
});

test("what is written for a home network says what it costs", async () => {
  await runGatewayInit([], { yes: true, listen: "0.0.0.0", "private-ranges": true, json: true }, terminal);
  expect(terminal.written.said).toContain("warning: plain mode: keys and prompts cross the network readable");
  const made = JSON.parse(terminal.written.out) as Record<string, string>;
  expect(await found(made["key"] ?? "")).toMatchObject({ keyId: made["keyId"] });
  expect(made["operationsToken"]).toMatch(/^corral_ops_/u);
});

describe("keys", () => {
  beforeEach(async () => {
    await runGatewayInit([], { yes: true }, testTerminal(folder));
  });

  test("add gives one that works with just these rights; list shows it and never the key", async () => {
    const wish = { name: "ci", owner: "Ann", expires: "90d", address: ["127.0.0.0/8", "2001:db8::7"], role: "user" };
    await runKeyAdd([], wish, terminal);
    const key = terminal.written.out.trim();
    expect(await found(key)).toMatchObject({ name: "ci", owner: "Ann" });
    await runKeyList([], { json: true }, terminal);
    const [, row] = JSON.parse(terminal.written.out.split("\n")[1] ?? "") as Record<string, unknown>[];
    expect(row).toMatchObject({
      name: "ci",
      state: "in use",
      addresses: ["127.0.0.0/8", "2001:db8::7/128"],
      rotatedTo: null,
    });
    expect(Object.keys(row ?? {})).not.toContain("hash");
    expect(JSON.stringify(row)).not.toContain(key.slice(7));
  });

  test("every mistake is told at once, and none makes a key", async () => {
    const wish = { name: "two\nlines", role: "nobody", expires: "soon", address: ["everywhere", "192.0.2.1/24"] };
    await expect(runKeyAdd([], wish, terminal)).rejects.toThrow(
      [
        "--name: must be 1 to 100 visible characters",
        "--role: is none of the configuration: user",
        "--expires: is neither 24h, 90d, a date such as 2027-01-31, nor never",
        '--address: "everywhere" is neither an IP address nor a prefix such as 192.0.2.0/24',
        '--address: "192.0.2.1/24" has host bits set; did you mean 192.0.2.0/24?',
      ].join("\n"),
    );
    await expect(runKeyAdd([], { name: "x", expires: "2020-01-01" }, terminal)).rejects.toThrow("--expires: is past");
    await runKeyList([], { json: true }, terminal);
    expect(JSON.parse(terminal.written.out)).toHaveLength(1);
  });

  test("rotate gives one with the same rights, and revoke ends one", async () => {
    await runKeyAdd([], { name: "ci", address: ["127.0.0.1"], json: true }, terminal);
    const old = JSON.parse(terminal.written.out) as { id: string; key: string };
    const after = testTerminal(folder);
    await runKeyRotate([old.id], { grace: "0", json: true }, after);
    const next = JSON.parse(after.written.out) as { id: string; key: string };
    expect([await found(old.key), await found(next.key)]).toEqual([
      "expired-key",
      expect.objectContaining({ keyId: next.id, name: "ci" }),
    ]);
    await runKeyRevoke([next.id], {}, after);
    expect(await found(next.key)).toBe("revoked-key");
    const list = testTerminal(folder);
    await runKeyList([], {}, list);
    expect(list.written.out).toContain(`${old.id}  expired, now ${next.id}`);
  });

  test("a configuration that is broken by now keeps nobody from revoking", async () => {
    writeFileSync(join(folder, "gateway.yaml"), "broken");
    using store = await openKeyStore(join(folder, "gateway-state"));
    const id = store.rows()[0]?.id ?? "";
    await expect(runKeyRevoke([id], {}, terminal)).rejects.toThrow("gateway.yaml:1:1");
    await runKeyRevoke([id], { state: "gateway-state" }, terminal);
    expect(store.rows()[0]?.revokedAt).not.toBeNull();
  });

  test("case 45: a key given in place of its id is not repeated", async () => {
    const told = await runKeyRevoke(["corral_neverAnywhere"], {}, terminal).catch((error: unknown) => String(error));
    expect(told).toContain("that is the id of no key here");
    expect(told).not.toContain("never");
    await expect(runKeyRotate(["ffffffff"], {}, terminal)).rejects.toThrow('ID: "ffffffff" is the id of no key here');
    await expect(runKeyRotate(["ffffffff"], { grace: "long" }, terminal)).rejects.toThrow("--grace: is neither");
  });
});
