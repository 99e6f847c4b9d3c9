import { beforeEach, describe, expect, test } from "vitest";
import type { Access } from "../config/gateway-config.ts";
import { gatewaySchema } from "../config/gateway-schema.ts";
import { Authenticator, guessLine, isDenied } from "./authenticator.ts";
import type { AskedAccess, Denied } from "./authenticator.ts";
import { keyHash, keyText } from "./key-row.ts";
import type { KeyRow } from "./key-row.ts";
import { createKeyTable } from "./key-table.ts";
import { ReplayMemory } from "./replay-memory.ts";

const NOW = 1_800_000_000_000;
const secretOf = (number: number): string => keyText(new Uint8Array(32).fill(number));

function row(number: number, rights: Partial<KeyRow> = {}): KeyRow {
  return {
    id: `0000000${number}`,
    name: `key ${number}`,
    owner: "tests",
    role: "user",
    hash: keyHash(secretOf(number)),
    createdAt: NOW - 1000,
    expiresAt: null,
    revokedAt: null,
    addresses: null,
    rotatedTo: null,
    ...rights,
  };
}

const ROWS = [
  row(1),
  row(2, { revokedAt: NOW - 1 }),
  row(3, { expiresAt: NOW }),
  row(4, { addresses: ["192.0.2.0/28", "2001:db8::/32"] }),
  row(5, { expiresAt: NOW + 1 }),
  row(6, { addresses: [] }),
];

function accessOf(access: object): Access {
  return gatewaySchema.parse({ upstream: "http://127.0.0.1:1", access }).access;
}

function asked(headers: readonly string[], more: Partial<AskedAccess> = {}): AskedAccess {
  return {
    rawHeaders: headers,
    pathToken: null,
    method: "POST",
    path: "/api/chat",
    query: "",
    address: "192.0.2.1",
    isOwnAddress: true,
    isSafeWay: true,
    ...more,
  };
}

const bearer = (number: number): string[] => ["Authorization", `Bearer ${secretOf(number)}`];
let door = new Authenticator(accessOf({}), createKeyTable(ROWS), new Map(), new ReplayMemory());
beforeEach(() => {
  door = new Authenticator(accessOf({ pathToken: true }), createKeyTable(ROWS), new Map(), new ReplayMemory());
});

function deniedBy(asker: Authenticator, request: AskedAccess, nowMs = NOW): Denied {
  const answer = asker.ask(request, nowMs);
  if (!isDenied(answer)) throw new Error("let in");
  return answer;
}

describe("who is known", () => {
  test.for<[string, AskedAccess, string]>([
    ["a key", asked(bearer(1)), "00000001"],
    ["in the path", asked([], { pathToken: secretOf(1) }), "00000001"],
    ["from its network", asked(bearer(4)), "00000004"],
    ["from its other network", asked(bearer(4), { address: "2001:db8:7::1" }), "00000004"],
    ["a millisecond before its end", asked(bearer(5)), "00000005"],
  ])("%s", ([, request, keyId]) => {
    expect(door.ask(request, NOW)).toMatchObject({ keyId, owner: "tests", role: "user", via: "key", endpoints: null });
  });
});

describe("case 35: one identical 401 for every reason, and the reason for the record alone", () => {
  const long = "x".repeat(10_000_000);
  test.for<[string, AskedAccess]>([
    ["no-credential", asked([])],
    ["unknown-key", asked(bearer(9))],
    ["unknown-key", asked(["x-api-key", `${secretOf(1)}'`])],
    ["unknown-key", asked(["x-api-key", "'OR/**/1=1--"])],
    ["malformed-credential", asked(["x-api-key", "' OR 1=1 --"])],
    ["unknown-key", asked(["Authorization", "Bearer null"])],
    ["malformed-credential", asked(["x-api-key", `${secretOf(1)}\u0000`])],
    ["malformed-credential", asked(["x-api-key", long])],
    ["malformed-credential", asked(["Authorization", "Bearer"])],
    ["malformed-credential", asked(["x-api-key", ""])],
    ["revoked-key", asked(bearer(2))],
    ["expired-key", asked(bearer(3))],
    ["address-not-allowed", asked(bearer(4), { address: "198.51.100.7" })],
    ["address-not-allowed", asked(bearer(4), { address: "unknown" })],
    ["address-not-allowed", asked(bearer(6))],
    ["signatures-off", asked(["Authorization", `${"A".repeat(68)}:${"B".repeat(86)}==`])],
  ])("%s", ([why, request]) => {
    const answer = deniedBy(door, request);
    expect(answer.why).toBe(why);
    expect(answer.refusal).toEqual({
      status: 401,
      reason: "unauthorized",
      message: "a valid key is required: Authorization: Bearer KEY, or x-api-key",
    });
  });

  test.for<[string, object, AskedAccess]>([
    ["path-token-off", { pathToken: false }, asked([], { pathToken: secretOf(1) })],
    [
      "basic-off",
      { basic: false },
      asked(["Authorization", `Basic ${Buffer.from(`a:${secretOf(1)}`).toString("base64")}`]),
    ],
  ])("%s", ([why, access, request]) => {
    const other = new Authenticator(accessOf(access), createKeyTable(ROWS), new Map(), new ReplayMemory());
    expect(deniedBy(other, request)).toMatchObject({ why, refusal: { status: 401, reason: "unauthorized" } });
  });

  test("two credentials are told apart from that: 400", () => {
    const answer = deniedBy(door, asked([...bearer(1), ...bearer(1)]));
    expect(answer).toMatchObject({ why: "ambiguous-credential", refusal: { status: 400 }, delayMs: 0 });
  });

  test("case 45: no answer and no line of the log holds what was shown", () => {
    const secret = "corral_neverAnywhere";
    const answer = deniedBy(door, asked(["Authorization", `Bearer ${secret}`]));
    const line = guessLine("2026-01-10T03:04:05.000Z", "192.0.2.1", answer.why);
    expect(JSON.stringify(answer) + line).not.toContain("never");
    expect(line).toBe("2026-01-10T03:04:05.000Z corral gateway: authentication failed from 192.0.2.1 (unknown-key)");
  });
});

describe("guessing", () => {
  const guess = (address: string, at = NOW): Denied => deniedBy(door, asked(bearer(9), { address }), at);

  test("slows down, then is not heard; a good key from there is not looked at, from elsewhere it is", () => {
    const delays = Array.from({ length: 20 }, () => guess("192.0.2.66").delayMs);
    expect(delays.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect(delays.at(-1)).toBe(2000);
    const deaf = deniedBy(door, asked(bearer(1), { address: "192.0.2.66" }));
    expect(deaf).toMatchObject({ why: "braked", refusal: { status: 429, reason: "too-many-failures" } });
    expect(deaf.refusal.retryAfterSeconds).toBe(3);
    expect(door.ask(asked(bearer(1), { address: "192.0.2.67" }), NOW)).toMatchObject({ keyId: "00000001" });
    expect(door.ask(asked(bearer(1), { address: "192.0.2.66" }), NOW + 3000)).toMatchObject({ keyId: "00000001" });
  });

  test("a /64 of IPv6 is one guesser, its neighbour another", () => {
    for (let at = 0; at < 20; at += 1) guess(`2001:db8:0:1::${at.toString(16)}`);
    expect(deniedBy(door, asked(bearer(1), { address: "2001:db8:0:1:ffff::1" })).why).toBe("braked");
    expect(door.ask(asked(bearer(1), { address: "2001:db8:0:2::1" }), NOW)).toMatchObject({ keyId: "00000001" });
  });

  test("who shows nothing guesses nothing", () => {
    for (let at = 0; at < 100; at += 1) expect(deniedBy(door, asked([])).delayMs).toBe(0);
    expect(door.ask(asked(bearer(1)), NOW)).toMatchObject({ keyId: "00000001" });
  });

  test("nothing counts against a proxy's own address", () => {
    const behind = { address: "192.0.2.66", isOwnAddress: false };
    for (let at = 0; at < 100; at += 1) deniedBy(door, asked(bearer(9), behind));
    expect(door.ask(asked(bearer(1), behind), NOW)).toMatchObject({ keyId: "00000001" });
  });

  test("a clock that goes back forgives nothing", () => {
    for (let at = 0; at < 20; at += 1) guess("192.0.2.66");
    expect(deniedBy(door, asked(bearer(1), { address: "192.0.2.66" }), NOW - 3_600_000).why).toBe("braked");
  });

  test("other keys are taken, and who was braked stays so", () => {
    for (let at = 0; at < 20; at += 1) guess("192.0.2.66");
    door.setKeys(createKeyTable([]));
    expect(deniedBy(door, asked(bearer(1), { address: "192.0.2.66" })).why).toBe("braked");
    expect(deniedBy(door, asked(bearer(1))).why).toBe("unknown-key");
  });
});
