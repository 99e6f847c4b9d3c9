import { expect, test } from "vitest";
import type { HostNetwork } from "../../model/host-network.ts";
import { scopeYaml } from "../../model/scope-yaml.ts";
import { ownHostScope } from "./own-host-scope.ts";
import { loadScope } from "./parse-scope.ts";
import { reasonsNotToRun } from "./scope-rules.ts";
import { targetSpace } from "./target-space.ts";

const NOW = Date.UTC(2026, 5, 1, 23, 59);
const NETWORK: HostNetwork = {
  sockets: [
    { address: "0.0.0.0", port: 22 },
    { address: "127.0.0.1", port: 11434 },
    { address: "::", port: 8080 },
    { address: "127.0.0.53", port: 53 },
    { address: "::1", port: 11434 },
    { address: "192.168.1.10", port: 9999 },
  ],
  interfaces: [
    { name: "lo", address: "127.0.0.1", prefixLength: 8 },
    { name: "lo", address: "::1", prefixLength: 128 },
    { name: "eth0", address: "192.168.1.10", prefixLength: 24 },
  ],
};

test("names loopback addresses only, and the ports that loopback reaches", () => {
  const scope = ownHostScope(NETWORK, "ada", NOW);
  expect(scope).toMatchObject({
    basis: "own",
    prefixes: ["127.0.0.1/32", "::1/128", "127.0.0.53/32"],
    ownSpecial: ["127.0.0.1/32", "::1/128", "127.0.0.53/32"],
    ports: [22, 53, 8080, 11434],
    vantage: "same-host",
    depth: "cards",
    authority: { since: "2026-06-01", until: "2026-06-02" },
  });
  const space = targetSpace(scope, []);
  const asked = Array.from({ length: space.size }, (_, at) => space.at(at).address);
  expect(new Set(asked)).toEqual(new Set(["127.0.0.1", "127.0.0.53", "::1"]));
  expect(space.admit({ address: "192.168.1.10", port: 22, host_name: null })).toEqual({ ok: false, reason: "special" });
});

test.each([
  [NETWORK, "ada"],
  [{ sockets: null, interfaces: [] }, "root"],
  [{ sockets: [], interfaces: [] }, "DOMAIN\\Äda Love"],
])("holds to every rule and reads back as itself (%#)", (network, person) => {
  const scope = ownHostScope(network, person, NOW);
  expect(reasonsNotToRun(scope, NOW)).toEqual([]);
  const text = scopeYaml(scope, "Generated for this machine.");
  expect(loadScope(text, "own-host.yaml", NOW)).toEqual({ ok: true, value: scope });
});

test("asks Ollama's usual port when nothing is known to listen", () => {
  expect(ownHostScope({ sockets: null, interfaces: [] }, "ada", NOW)).toMatchObject({
    prefixes: ["127.0.0.1/32"],
    ports: [11434],
  });
});

test("a machine that listens on thousands of loopback addresses is asked on some of them, the usual ones first", () => {
  const sockets = Array.from({ length: 40_000 }, (_, at) => ({
    address: `127.64.${at >> 8}.${at & 255}`,
    port: 11434,
  }));
  const scope = ownHostScope({ sockets, interfaces: [] }, "ada", NOW);
  expect(scope.prefixes.length).toBe(256);
  expect(scope.prefixes.slice(0, 2)).toEqual(["127.0.0.1/32", "127.64.0.0/32"]);
  expect(loadScope(scopeYaml(scope, "many"), "own.yaml", NOW).ok).toBe(true);
});
