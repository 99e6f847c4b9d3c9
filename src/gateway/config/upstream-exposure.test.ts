import { expect, test } from "vitest";
import type { HostNetwork, ListeningSocket } from "../../model/host-network.ts";
import { upstreamExposure } from "./upstream-exposure.ts";

const interfaces = [{ name: "eth0", address: "192.168.1.2", prefixLength: 24 }];
const on = (...addresses: string[]): HostNetwork => ({
  sockets: addresses.map((address): ListeningSocket => ({ address, port: 11_434 })),
  interfaces,
});
const OPEN =
  /^the upstream itself listens beyond this machine, on (?<places>.*) port 11434: .* OLLAMA_HOST=127\.0\.0\.1:11434/u;

test.for<[string, HostNetwork]>([
  ["http://127.0.0.1:11434", on("127.0.0.1")],
  ["http://localhost:11434", on("127.0.0.1", "::1")],
  ["http://[::1]:11434/base", on("::1")],
  ["http://127.0.0.1:11434", { sockets: [{ address: "0.0.0.0", port: 8080 }], interfaces }],
])("%s on loopback alone is nothing to tell", ([upstream, network]) => {
  expect(upstreamExposure(upstream, network)).toBeNull();
});

test.for<[string, HostNetwork, string]>([
  ["http://127.0.0.1:11434", on("0.0.0.0"), "0.0.0.0"],
  ["http://localhost:11434", on("::", "127.0.0.1"), "::"],
  ["http://192.168.1.2:11434", on("192.168.1.2"), "192.168.1.2"],
])("%s is reached past the gateway", ([upstream, network, places]) => {
  expect(OPEN.exec(upstreamExposure(upstream, network) ?? "")?.groups?.["places"]).toBe(places);
});

test("what cannot be seen is said", () => {
  expect(upstreamExposure("http://127.0.0.1:11434", { sockets: null, interfaces })).toContain("cannot be read");
  expect(upstreamExposure("http://192.168.1.3:11434", on())).toContain("the upstream 192.168.1.3 is another machine");
  expect(upstreamExposure("http://ollama:11434", on())).toContain("the upstream ollama is another machine");
});
