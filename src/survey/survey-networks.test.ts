import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Farm, FarmSpec } from "../../test/farm/farm.ts";
import { askedTimes, endFleets, fleet } from "../../test/support/fleet.ts";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import type { Terminal } from "../model/command.ts";
import { openSnapshot } from "../store/snapshot.io.ts";
import { runScopeCheck } from "./scope/scope-command.io.ts";

const OLLAMA: FarmSpec = { kind: "ollama", version: "0.12.0" };
afterEach(endFleets);

/** A table that gives each host of a farm its own AS number and country. */
function tableOf(farm: Farm, owners: readonly (readonly [asn: number, organisation: string])[]): string {
  const rows = farm.hosts.map(({ address }, at) => `${address},${address},${owners[at]?.[0]},${owners[at]?.[1]}\n`);
  return rows.join("");
}

const OWNERS = [
  [64_496, "Example University"],
  [64_497, "Beispiel Hosting"],
  [64_498, "Example Telecom"],
] as const;

async function checked(folder: string, options: object): Promise<string> {
  let out = "";
  const terminal: Terminal = {
    cwd: folder,
    env: {},
    interactive: false,
    color: false,
    stopped: new AbortController().signal,
    out: (text) => {
      out += text;
      return Promise.resolve();
    },
    say: () => undefined,
    input: async function* () {},
  };
  await runScopeCheck(["scope.yaml"], { ...options }, terminal);
  return out;
}

test("R4: hosts of an opted-out AS number and of an excluded one hear nothing, whatever asks for them", async () => {
  const { farm, here } = await fleet([OLLAMA, OLLAMA, OLLAMA], { optOut: ["as64496"], exclude: ["AS64497"] });
  here.write("networks.csv", tableOf(farm, OWNERS));
  const { code, run, said } = await here.survey({ networks: ["networks.csv"] });
  expect(code).toBe(0);
  expect(askedTimes(farm).map((times) => times > 0)).toEqual([false, false, true]);
  expect(run?.coverage).toMatchObject({ targets: 3, attempted: 1, skipped: 2 });
  expect(said).toContain("not asked: 1 opted out, 1 excluded by the scope");
  expect(said).toMatch(/networks: networks\.csv, built \d{4}-\d\d-\d\d, \d days old/u);
  const listed = farm.hosts.map(({ address, port }) => `${address}:${port}\n`).join("");
  const again = await here.survey({ networks: ["networks.csv"], targets: "-", fresh: true }, listed);
  expect(again.said).toContain("refused: 1 opted out, 1 excluded by the scope");
  expect(askedTimes(farm).slice(0, 2)).toEqual([0, 0]);
});

test("R4: a scope that leaves AS numbers alone does not run without a table that knows them", async () => {
  const { farm, here } = await fleet([OLLAMA], { optOut: ["AS64496"] });
  const off = await here.survey({ "no-networks": true });
  expect(off.code).toBe(2);
  expect(off.said).toContain("--no-networks: the scope leaves AS64496 alone, and no table here tells their addresses");
  here.write("countries.csv", "127.0.0.0,127.255.255.255,DE\n");
  const countries = await here.survey({ networks: ["countries.csv"] });
  expect(countries.code).toBe(2);
  expect(countries.said).toContain("--networks FILE names a table of AS numbers");
  const missing = await here.survey({ networks: ["none.csv"] });
  expect(missing.code).toBe(2);
  expect(missing.said).toContain("none.csv: cannot be read: no such file");
  expect(farm.log()).toEqual([]);
});

test("scope check counts what an AS number leaves out, and says how old the table is", async () => {
  const { farm, here } = await fleet([OLLAMA, OLLAMA], { optOut: ["AS64496", "AS64499"], exclude: ["AS64497"] });
  here.write("networks.csv", `${tableOf(farm, OWNERS)}127.200.0.0,127.200.0.1,64498,x\n`);
  const refused = checked(here.folder, { networks: ["networks.csv"] });
  await expect(refused).rejects.toThrow("nothing is left to ask after exclusions and opt-outs");
  here.write("networks.csv", tableOf(farm, [OWNERS[0], OWNERS[2]]));
  const out = await checked(here.folder, { networks: ["networks.csv"] });
  expect(out).toMatch(/^networks +networks\.csv, built \d{4}-\d\d-\d\d, \d days old$/mu);
  expect(out).toMatch(/^left alone +AS64496: 1 address, opt-out \(asked on 2026-01-01\)$/mu);
  expect(out).toMatch(/^left alone +AS64499: no address of this scope, opt-out/mu);
  expect(out).toMatch(/^left alone +AS64497: no address of this scope, excluded \(by the scope\)$/mu);
  expect(farm.log()).toEqual([]);
});

test("what answered is placed by the table, judged when asked for, and each says by what", async () => {
  const { farm, here } = await fleet([OLLAMA, OLLAMA, OLLAMA, OLLAMA]);
  here.write("networks.csv", tableOf({ ...farm, hosts: farm.hosts.slice(0, 3) }, OWNERS));
  here.write("countries.csv", `${farm.hosts[0]?.address},${farm.hosts[0]?.address},FR\n`);
  await here.survey({ networks: ["networks.csv", "countries.csv"] });
  const snapshot = await openSnapshot(join(here.folder, "lake"), JUDGEMENTS);
  try {
    const rows = await snapshot.query(
      `SELECT o.country, n.asn::INTEGER AS asn, n.organisation, n.network_type, n.tier, n.network_rule,
         regexp_replace(n.place_source, '\\d{4}-\\d\\d-\\d\\d', 'DAY', 'g') AS place_source
       FROM network AS n JOIN observation AS o USING (address) ORDER BY asn`,
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      [
        "FR",
        64_496,
        "Example University",
        "education",
        "academic",
        "name:education",
        "networks.csv DAY, countries.csv DAY",
      ],
      [null, 64_497, "Beispiel Hosting", "hosting", "indie-cloud", "name:hosting", "networks.csv DAY"],
      [null, 64_498, "Example Telecom", "fixed-access", "telecom-residential", "name:access", "networks.csv DAY"],
      [null, null, null, null, null, null, null],
    ]);
  } finally {
    await snapshot.close();
  }
});
