import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Complaint } from "../../model/complaint.ts";
import { keyHash } from "./key-row.ts";
import { openKeyStore } from "./key-store.io.ts";
import type { NewKey } from "./key-store.io.ts";
import { createKeyTable } from "./key-table.ts";
import { openLiveKeys } from "./live-keys.io.ts";

const NOW = 1_800_000_000_000;
const WISH: NewKey = { name: "notebook", owner: "tests", role: "user", expiresAt: null, addresses: ["192.0.2.0/24"] };

let state = "";
beforeEach(() => {
  state = join(mkdtempSync(join(tmpdir(), "corral-keys-")), "state");
});
afterEach(() => {
  rmSync(join(state, ".."), { recursive: true });
});

test("a key is 256 random bits, kept as its hash alone, in a file for its owner alone", async () => {
  using store = await openKeyStore(state);
  const { row, secret } = store.add(WISH, NOW);
  expect(secret).toMatch(/^corral_[A-Za-z0-9_-]{43}$/u);
  expect(row).toEqual({
    ...WISH,
    id: expect.stringMatching(/^[0-9a-f]{8}$/u) as string,
    hash: keyHash(secret),
    createdAt: NOW,
    revokedAt: null,
    rotatedTo: null,
  });
  expect(store.rows()).toEqual([row]);
  const path = join(state, "gateway-keys.db");
  expect(readFileSync(path).includes(secret.slice(7))).toBe(false);
  expect([statSync(path).mode & 0o777, statSync(state).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(store.add(WISH, NOW).secret).not.toBe(secret);
});

test("a revoked key keeps the time of its first revocation; an unknown one cannot be revoked", async () => {
  using store = await openKeyStore(state);
  const { row } = store.add(WISH, NOW);
  expect([store.revoke(row.id, NOW + 5), store.revoke(row.id, NOW + 9), store.revoke("ffffffff", NOW)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(store.rows()[0]?.revokedAt).toBe(NOW + 5);
});

test("a rotated key goes on until the grace ends and no longer than it would have", async () => {
  using store = await openKeyStore(state);
  const endless = store.add({ ...WISH, addresses: null }, NOW);
  const short = store.add({ ...WISH, expiresAt: NOW + 10 }, NOW + 1);
  const [next, after] = [
    store.rotate(endless.row.id, NOW + 100, NOW + 2),
    store.rotate(short.row.id, NOW + 100, NOW + 2),
  ];
  const rows = store.rows();
  expect(rows.map((row) => row.expiresAt)).toEqual([NOW + 100, NOW + 10, null, NOW + 10]);
  expect(rows.slice(0, 2).map((row) => row.rotatedTo)).toEqual([next?.row.id, after?.row.id]);
  const table = createKeyTable(rows);
  const find = (secret: string | undefined, nowMs: number): unknown => table.find(secret ?? "", "192.0.2.1", nowMs);
  expect(find(endless.secret, NOW + 99)).toMatchObject({ keyId: endless.row.id });
  expect(find(endless.secret, NOW + 100)).toBe("expired-key");
  expect(find(next?.secret, NOW + 100)).toMatchObject({ keyId: next?.row.id, role: "user" });
  expect(store.rotate(short.row.id, NOW + 100, NOW + 50)).toBeNull();
});

test("a file that is no database is told, and left as it is", async () => {
  using made = await openKeyStore(state);
  made.add(WISH, NOW);
  const other = `${state}-other`;
  await openKeyStore(other).then((store) => store[Symbol.dispose]());
  writeFileSync(join(other, "gateway-keys.db"), "not a database at all, whatever its name says of it");
  await expect(openKeyStore(other)).rejects.toThrow(Complaint);
  expect(readFileSync(join(other, "gateway-keys.db"), "utf8")).toContain("not a database");
});

test("a list of addresses that cannot be read allows none", async () => {
  using store = await openKeyStore(state);
  const { row, secret } = store.add(WISH, NOW);
  const table = createKeyTable([{ ...row, addresses: ["everywhere"] }]);
  expect(table.find(secret, "192.0.2.1", NOW)).toBe("address-not-allowed");
});

test("running processes see a key that another process made or revoked, and keep theirs when it cannot be read", async () => {
  using store = await openKeyStore(state);
  const changed = vi.fn<() => void>();
  using live = await openLiveKeys(state, changed, () => null);
  const { row, secret } = store.add(WISH, NOW);
  const isKnown = (): unknown => live.table.find(secret, "192.0.2.1", NOW);
  expect(isKnown()).toBe("unknown-key");
  await vi.waitFor(() => expect(isKnown()).toMatchObject({ keyId: row.id }), { timeout: 10_000, interval: 50 });
  store.revoke(row.id, NOW);
  await vi.waitFor(() => expect(isKnown()).toBe("revoked-key"), { timeout: 10_000, interval: 50 });
  expect(changed).toHaveBeenCalledTimes(2);
  store.add(WISH, NOW);
  live.reload();
  expect(live.table.size).toBe(2);
});

test("a writer that stops in the middle holds nothing up, and is told; afterwards its key is known", async () => {
  using store = await openKeyStore(state);
  const failed = vi.fn<(message: string) => void>();
  using live = await openLiveKeys(state, () => null, failed);
  using writer = new DatabaseSync(join(state, "gateway-keys.db"));
  const { secret } = store.add(WISH, NOW);
  writer.exec("BEGIN EXCLUSIVE");
  for (let at = 0; at < 3; at += 1) live.reload();
  expect(failed.mock.calls).toEqual([["keys cannot be read again, the ones before stay: database is locked"]]);
  expect(live.table.find(secret, "192.0.2.1", NOW)).toBe("unknown-key");
  writer.exec("COMMIT");
  live.reload();
  expect(live.table.find(secret, "192.0.2.1", NOW)).toMatchObject({ name: "notebook" });
});
