import { expect, test } from "vitest";
import { parseTargetLine } from "../../format/target-line.ts";
import type { Target } from "../../model/target.ts";
import { gatherTargets } from "./listed-targets.ts";

const PINS = [{ name: "llm.example.net", addresses: ["192.0.2.9", "2001:db8::9"], failure: null }];
const admit = (target: Pick<Target, "address" | "port" | "host_name">) =>
  target.address.startsWith("198.51.100.") ? ({ ok: false, reason: "not-in-scope" } as const) : ({ ok: true } as const);

function gather(lines: readonly string[]) {
  const gathering = gatherTargets([11_434, 8080], PINS, admit);
  for (const [index, line] of lines.entries()) {
    const parsed = parseTargetLine(line);
    if (parsed.ok) gathering.add(parsed.value, index + 1);
    else gathering.reject(index + 1, parsed.error);
  }
  return gathering.end();
}

function targets(lines: readonly string[]): string[] {
  const { space } = gather(lines);
  return Array.from({ length: space.size }, (_, index) => {
    const { scheme, address, port, host_name, base_path } = space.at(index);
    return `${scheme} ${host_name ?? address} ${port} ${base_path}`;
  });
}

test("what names no port is asked on the scope's, what names one on that", () => {
  expect(targets(["192.0.2.1", "192.0.2.2:80"])).toEqual([
    "auto 192.0.2.1 8080 /",
    "auto 192.0.2.1 11434 /",
    "auto 192.0.2.2 80 /",
  ]);
});

test("each target once, however often and in whichever order the list names it", () => {
  const lines = [
    "192.0.2.255:80",
    "http://192.0.2.1/",
    "192.0.2.1:80",
    "[2001:db8::1]:80",
    "192.0.2.255:80",
    "[2001:DB8::1]:80",
  ];
  expect(targets(lines)).toEqual(["auto 192.0.2.1 80 /", "auto 192.0.2.255 80 /", "auto 2001:db8::1 80 /"]);
  expect(gather(lines.toReversed()).hash).toBe(gather(lines).hash);
  expect(gather(lines.slice(1)).hash).toBe(gather(lines).hash);
  expect(gather(["192.0.2.1:80"]).hash).not.toBe(gather(lines).hash);
});

test("a name is asked at every address it was pinned to", () => {
  const { space } = gather(["https://llm.example.net/x"]);
  expect([space.at(0), space.at(1)]).toEqual([
    { scheme: "https", address: "192.0.2.9", port: 443, host_name: "llm.example.net", base_path: "/x" },
    { scheme: "https", address: "2001:db8::9", port: 443, host_name: "llm.example.net", base_path: "/x" },
  ]);
});

test("what the scope refuses and what cannot be read is counted and shown", () => {
  const list = gather(["198.51.100.1:80", "other.example.net", "?", "192.0.2.1:80", "198.51.100.2:80"]);
  expect(list.refused).toEqual({ "not-in-scope": 2, name: 1, unreadable: 1 });
  expect(list.examples).toEqual([
    "line 1: 198.51.100.1:80 is refused: not-in-scope",
    "line 2: the scope does not name this host",
    "line 3: neither an address nor a name nor a URL",
    "line 5: 198.51.100.2:80 is refused: not-in-scope",
  ]);
  expect(list.space.size).toBe(1);
});

test("a hundred thousand lines in any order come back in order", () => {
  const gathering = gatherTargets([80], [], admit);
  for (let n = 0; n < 100_000; n += 1) {
    const place = (n * 7919) % 100_000;
    const address = `10.0.${Math.floor(place / 256) % 256}.${place % 256}`;
    gathering.add({ scheme: "auto", address, name: null, port: 1 + Math.floor(place / 65_536), base_path: "/" }, n);
  }
  const { space } = gathering.end();
  expect(space.size).toBe(100_000);
  expect(space.at(0)).toMatchObject({ address: "10.0.0.0", port: 1 });
  expect(space.at(99_999)).toMatchObject({ address: "10.0.255.255", port: 1 });
});
