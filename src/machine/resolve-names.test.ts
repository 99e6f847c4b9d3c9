import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { resolveNames } from "./resolve-names.io.ts";

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

interface Zone {
  /** Records by `name type`: addresses as bytes; an empty list = the name exists, this type does not; missing = no such name. */
  readonly records: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly silent?: ReadonlySet<string>;
}

/** A name server of RFC 1035 on loopback that answers A and AAAA from a table and notes what it was asked. */
async function nameServer(
  zone: Zone,
): Promise<{ readonly at: string; readonly asked: string[]; readonly most: () => number }> {
  const socket = createSocket("udp4");
  sockets.push(socket);
  const asked: string[] = [];
  let open = 0;
  let most = 0;
  socket.on("message", (query, peer) => {
    const { name, type, end } = questionOf(query);
    const key = `${name} ${type === 28 ? "AAAA" : "A"}`;
    asked.push(key);
    if (zone.silent?.has(name) === true) return;
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      socket.send(answerTo(query, end, type, zone.records[key]), peer.port, peer.address);
    }, 5);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { at: `127.0.0.1:${socket.address().port}`, asked, most: () => most };
}

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    const length = query[at] ?? 0;
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(
  query: Buffer,
  end: number,
  type: number,
  addresses: readonly (readonly number[])[] | undefined,
): Buffer {
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(addresses === undefined ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(addresses?.length ?? 0, 6);
  head.writeUInt32BE(0, 8);
  const records = (addresses ?? []).map((bytes) =>
    Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, bytes.length, ...bytes]),
  );
  return Buffer.concat([head, query.subarray(12, end), ...records]);
}

const SIX = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7];

test("resolves each name once, both families, in one canonical order", async () => {
  const server = await nameServer({
    records: {
      "models.example.org A": [
        [198, 51, 100, 9],
        [192, 0, 2, 7],
        [192, 0, 2, 7],
      ],
      "models.example.org AAAA": [SIX],
      "four.example.org A": [[192, 0, 2, 4]],
      "four.example.org AAAA": [],
      "empty.example.org A": [],
      "empty.example.org AAAA": [],
    },
  });
  const names = [
    "models.example.org",
    "four.example.org",
    "empty.example.org",
    "gone.example.org",
    "localhost",
    "a.localhost",
  ];
  expect(await resolveNames(names, { servers: [server.at] })).toEqual([
    { name: "models.example.org", addresses: ["192.0.2.7", "198.51.100.9", "2001:db8::7"], failure: null },
    { name: "four.example.org", addresses: ["192.0.2.4"], failure: null },
    { name: "empty.example.org", addresses: [], failure: "no-address" },
    { name: "gone.example.org", addresses: [], failure: "not-found" },
    { name: "localhost", addresses: ["127.0.0.1", "::1"], failure: null },
    { name: "a.localhost", addresses: ["127.0.0.1", "::1"], failure: null },
  ]);
  expect(server.asked.toSorted()).toEqual(
    ["models", "four", "empty", "gone"]
      .flatMap((name) => [`${name}.example.org A`, `${name}.example.org AAAA`])
      .toSorted(),
  );
});

test("keeps at most 200 queries in flight", async () => {
  const names = Array.from({ length: 500 }, (_, at) => `h${at}.example.org`);
  const server = await nameServer({
    records: Object.fromEntries(names.map((name) => [`${name} A`, [[192, 0, 2, 1]]])),
  });
  const pins = await resolveNames(names, { servers: [server.at] });
  expect(pins.map((pin) => pin.name)).toEqual(names);
  expect(pins.every((pin) => pin.addresses[0] === "192.0.2.1")).toBe(true);
  expect(server.asked).toHaveLength(1000);
  expect(server.most()).toBeLessThanOrEqual(200);
});

test("a name server that says nothing ends in a timeout, one that is not there in its name", async () => {
  const server = await nameServer({ records: {}, silent: new Set(["mute.example.org"]) });
  expect(await resolveNames(["mute.example.org"], { servers: [server.at], afterMs: 50 })).toEqual([
    { name: "mute.example.org", addresses: [], failure: "timeout" },
  ]);
  for (const socket of sockets.splice(0)) await new Promise<void>((done) => void socket.close(done));
  expect(await resolveNames(["mute.example.org"], { servers: [server.at], afterMs: 50 })).toEqual([
    { name: "mute.example.org", addresses: [], failure: "no-name-server" },
  ]);
});

test("stops when told to", async () => {
  const names = Array.from({ length: 300 }, (_, at) => `h${at}.example.org`);
  const server = await nameServer({ records: {}, silent: new Set(names) });
  const stop = new AbortController();
  const pins = resolveNames(names, { servers: [server.at], afterMs: 30_000, stopped: stop.signal });
  await expect.poll(() => server.asked.length).toBeGreaterThan(0);
  stop.abort();
  expect((await pins).map((pin) => pin.failure)).toEqual(names.map(() => "cancelled"));
});

test("nothing to resolve asks nothing", async () => {
  expect(await resolveNames([])).toEqual([]);
});
