import { expect, test } from "vitest";
import type { HostNetwork } from "../model/host-network.ts";
import { scopeYaml } from "../model/scope-yaml.ts";
import { ownHostScope } from "../survey/scope/own-host-scope.ts";
import { loadScope } from "../survey/scope/parse-scope.ts";
import { withInterfaces } from "./interface-scope.ts";

const NOW_MS = 1_780_000_000_000;
const NETWORK: HostNetwork = {
  sockets: [
    { address: "127.0.0.1", port: 11_434 },
    { address: "192.168.7.20", port: 8_080 },
  ],
  interfaces: [
    { name: "lo", address: "127.0.0.1", prefixLength: 8 },
    { name: "lo", address: "::1", prefixLength: 128 },
    { name: "eth0", address: "192.168.7.20", prefixLength: 24 },
    { name: "eth0", address: "fe80::1", prefixLength: 64 },
    { name: "eth0", address: "2001:db8::20", prefixLength: 64 },
  ],
};

test("the machine's own addresses are added, one by one, with the ports that listen there", () => {
  const scope = withInterfaces(ownHostScope(NETWORK, "root", NOW_MS), NETWORK);
  expect(scope.prefixes).toEqual(["127.0.0.1/32", "::1/128", "192.168.7.20/32", "2001:db8::20/128"]);
  expect(scope.ports).toEqual([8_080, 11_434]);
});

test("both scopes obey every rule of a scope file", () => {
  const loopback = ownHostScope(NETWORK, "root", NOW_MS);
  for (const scope of [loopback, withInterfaces(loopback, NETWORK)]) {
    expect(loadScope(scopeYaml(scope, "made by a test"), "own-host-scope.yaml", NOW_MS)).toEqual({
      ok: true,
      value: scope,
    });
  }
});
