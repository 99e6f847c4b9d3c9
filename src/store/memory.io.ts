import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { serviceKey } from "../model/service.ts";
import { openCatalog } from "./catalog.io.ts";
import type { Engine } from "./engine.io.ts";
import { jsonObject } from "./json-object.ts";
import { createLake } from "./lake.io.ts";
import type { LakePaths } from "./lake.io.ts";
import { networkText } from "./network-text.ts";
import { journalChunks, recoverLake } from "./recover.io.ts";
import { withTables } from "./with-tables.io.ts";

/** Where a run of a scope and shard stopped: its id, when the point was written, and the survey's own state. */
export interface ResumePoint {
  readonly run: string;
  readonly at: string;
  readonly state: unknown;
}

/** What the lake remembers of a service. */
export interface KnownService {
  /** Milliseconds since 1970 of the last look, whatever it told. */
  readonly lastSeenMs: number;
  /** Whether any look confirmed it. */
  readonly confirmed: boolean;
}

/** The latest resume point of a scope (SHA-256 of it) and shard; `null` when there is none. Clears up after dead writers first. */
export async function lastCheckpoint(root: string, scopeHash: string, shard: string): Promise<ResumePoint | null> {
  const paths = await createLake(root);
  await recoverLake(paths, { threads: 1 });
  const journalled = await journalledCheckpoint(paths, scopeHash, shard);
  const catalog = openCatalog(paths);
  try {
    const row = catalog.db
      .prepare("SELECT run, at, state FROM checkpoint WHERE scope_hash = ? AND shard = ?")
      .get(scopeHash, shard);
    if (row === undefined || (journalled !== null && journalled.at >= String(row["at"]))) return journalled;
    return { run: String(row["run"]), at: String(row["at"]), state: JSON.parse(String(row["state"])) };
  } finally {
    catalog.close();
  }
}

/** What is still in a journal: of a writer that lives, or that somebody else is clearing up after. */
async function journalledCheckpoint(paths: LakePaths, scopeHash: string, shard: string): Promise<ResumePoint | null> {
  let last: ResumePoint | null = null;
  for (const { name } of await journalChunks(paths)) {
    const text = await readFile(join(paths.journal, name), "utf8").catch(() => "");
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    for (const line of whole.split("\n")) {
      if (!line.startsWith('{"kind":"checkpoint"')) continue;
      const point = jsonObject(line);
      const at = String(point["at"]);
      if (point["scope_hash"] !== scopeHash || point["shard"] !== shard || (last !== null && at < last.at)) continue;
      last = { run: String(point["run"]), at, state: point["state"] };
    }
  }
  return last;
}

/** Every service the lake has an observation of, by `serviceKey`. Some 150 bytes each. */
export async function knownServices(root: string): Promise<ReadonlyMap<string, KnownService>> {
  return withEngine(root, async (engine) => {
    const known = new Map<string, KnownService>();
    const result = await engine.connection.stream(`SELECT scheme, address, port, host_name, base_path,
      epoch_ms(max(seen_at))::DOUBLE AS seen, bool_or(confirmed) AS confirmed FROM stored.observation GROUP BY ALL`);
    for await (const rows of result.yieldRowsJson()) {
      for (const [scheme, address, port, hostName, basePath, seen, confirmed] of rows) {
        known.set(keyOf(scheme, address, port, hostName, basePath), {
          lastSeenMs: Number(seen),
          confirmed: confirmed === true,
        });
      }
    }
    return known;
  });
}

/** The digests each service listed when it last showed a list, by `serviceKey`; services with the same list share the set. */
export async function knownDigests(root: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  return withEngine(root, async (engine) => {
    const lists = new Map<string, Set<string>>();
    const entries = await engine.connection.stream(
      "SELECT hex(inventory), digest FROM stored.inventory_model WHERE digest IS NOT NULL",
    );
    for await (const rows of entries.yieldRowsJson()) {
      for (const [inventory, digest] of rows) {
        if (typeof inventory !== "string" || typeof digest !== "string") continue;
        const list = lists.get(inventory) ?? new Set<string>();
        lists.set(inventory, list.add(digest));
      }
    }
    const known = new Map<string, ReadonlySet<string>>();
    const services = await engine.connection.stream(`SELECT scheme, address, port, host_name, base_path,
      hex(max_by(inventory, seen_at)) AS inventory FROM stored.observation WHERE inventory IS NOT NULL GROUP BY ALL`);
    for await (const rows of services.yieldRowsJson()) {
      for (const [scheme, address, port, hostName, basePath, inventory] of rows) {
        const list = typeof inventory === "string" ? lists.get(inventory) : undefined;
        if (list !== undefined) known.set(keyOf(scheme, address, port, hostName, basePath), list);
      }
    }
    return known;
  });
}

const NETWORKS_THAT_AGREE = 3;

/** Agreement hashes that hosts of three networks (/24, /48) settled on, by `<digest> <server version>`. */
export async function agreedCards(root: string): Promise<ReadonlyMap<string, string>> {
  return withEngine(root, async (engine) => {
    const rows = await engine.rows(
      "SELECT DISTINCT digest, server_version, agreement, address FROM stored.card WHERE lends ORDER BY ALL",
    );
    const networks = new Map<string, Map<string, Set<string>>>();
    for (const row of rows) {
      const claim = `${String(row["digest"])} ${String(row["server_version"])}`;
      const said = networks.get(claim) ?? new Map<string, Set<string>>();
      networks.set(claim, said);
      const witnesses = said.get(String(row["agreement"])) ?? new Set();
      said.set(String(row["agreement"]), witnesses.add(networkText(String(row["address"]))));
    }
    return new Map([...networks].flatMap(([claim, said]) => agreed(claim, said)));
  });
}

function agreed(claim: string, said: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly [string, string])[] {
  const [best] = [...said].toSorted(([, a], [, b]) => b.size - a.size);
  return best !== undefined && best[1].size >= NETWORKS_THAT_AGREE ? [[claim, best[0]]] : [];
}

function keyOf(scheme: unknown, address: unknown, port: unknown, hostName: unknown, basePath: unknown): string {
  return serviceKey({
    scheme: scheme === "https" ? "https" : "http",
    address: String(address),
    port: Number(port),
    host_name: typeof hostName === "string" ? hostName : null,
    base_path: String(basePath),
  });
}

/** Asks the lake with an engine of its own; an empty answer where there is no lake yet. */
async function withEngine<T>(root: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const paths = await createLake(root);
  await recoverLake(paths, { threads: 1 });
  return withTables(paths, { memoryMiB: 512, threads: 1 }, ({ engine }) => work(engine));
}
