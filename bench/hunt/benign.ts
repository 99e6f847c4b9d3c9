import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { DETECTIONS } from "../../src/knowledge/detections/detections.ts";
import { auditedBuild } from "./benign/audit.ts";
import type { Audited } from "./benign/audit.ts";

/**
 * False alerts per million events: real gin, nginx, Caddy and auditd write down what honest clients and programs do, and `corral hunt` reads
 * their logs with every detection on. Everything happens on loopback in a network namespace of its own; needs root.
 * Usage: node bench/hunt/benign.ts [SCALE] [ROUNDS OF THE BUILD]
 */
const [scale = "1", rounds = "400"] = process.argv.slice(2);
const ROOT = join(import.meta.dirname, "../..");
const CACHE = join(ROOT, "node_modules/.cache/corral");
const folder = mkdtempSync(join(tmpdir(), "corral-benign-"));

/** Logs that one hunt reads together, as a person would. */
const HUNTS: Readonly<Record<string, readonly string[]>> = {
  "gin, loopback": ["loopback/server.log"],
  "gin, local network": ["lan/server.log"],
  "nginx (combined) and gin": ["nginx/nginx-combined.log", "nginx/server.log"],
  "nginx (JSON)": ["nginx/nginx-rows.log"],
  "Caddy and gin": ["caddy/caddy.log", "caddy/server.log"],
  auditd: ["audit/audit.log"],
};

interface ToldAlert {
  readonly detection: string;
  readonly rows: number;
}

interface Hunted {
  readonly name: string;
  readonly rows: number;
  readonly events: number;
  readonly rejected: number;
  readonly alerts: readonly ToldAlert[];
}

function build(name: string): void {
  const env = { ...process.env, GO111MODULE: "off", GOPATH: "/usr/share/gocode", GOTOOLCHAIN: "local", GOFLAGS: "" };
  const go = existsSync("/usr/bin/go") ? "/usr/bin/go" : "go";
  const cwd = join(import.meta.dirname, "benign", name);
  mkdirSync(CACHE, { recursive: true });
  execFileSync(go, ["build", "-o", join(folder, name), "."], { cwd, env: { ...env, GOCACHE: join(CACHE, "go") } });
}

function hunt(name: string, logs: readonly string[]): Hunted | null {
  const paths = logs.map((log) => join(folder, log)).filter((path) => existsSync(path));
  if (paths.length < logs.length) return null;
  const args = [join(ROOT, "bin/corral.js"), "hunt", ...paths, "--known", "198.51.100.0/24", "--json"];
  const ran = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (ran.status !== 0 && ran.status !== 3) throw new Error(`${name}: ${ran.stderr}`);
  const told = JSON.parse(ran.stdout) as {
    readonly alerts: readonly ToldAlert[];
    readonly logs: readonly { rows: number; events: number; rejected: Record<string, { count: number }> }[];
  };
  const sum = (count: (log: (typeof told.logs)[number]) => number): number =>
    told.logs.reduce((all, one) => all + count(one), 0);
  return {
    name,
    rows: sum((log) => log.rows),
    events: sum((log) => log.events),
    rejected: sum((log) => Object.values(log.rejected).reduce((all, one) => all + one.count, 0)),
    alerts: told.alerts.map(({ detection, rows: counted }) => ({ detection, rows: counted })),
  };
}

/** First line of what a program says of its version. */
function version(program: string, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return `${stdout}${stderr}`.trim().split("\n")[0] ?? "";
}

function perDetection(
  hunts: readonly Hunted[],
): Readonly<Record<string, { readonly alerts: number; readonly rows: number }>> {
  const alerts = hunts.flatMap((one) => one.alerts);
  const ids = Object.keys(DETECTIONS).toSorted();
  return Object.fromEntries(
    ids.map((id) => {
      const own = alerts.filter(({ detection }) => detection === id);
      return [id, { alerts: own.length, rows: own.reduce((all, one) => all + one.rows, 0) }];
    }),
  );
}

async function measure(): Promise<void> {
  for (const name of ["gin", "clients"]) build(name);
  const script = join(import.meta.dirname, "benign/traffic.ts");
  const traffic = spawnSync("unshare", ["-n", process.execPath, script, folder, scale], {
    encoding: "utf8",
    timeout: 480_000,
  });
  if (traffic.status !== 0) throw new Error(`the traffic ended with ${traffic.status}: ${traffic.stderr}`);
  const audited = await auditedUndisturbed();
  const hunts = Object.entries(HUNTS).flatMap(([name, logs]) =>
    name === "auditd" && audited.log === null ? [] : (hunt(name, logs) ?? []),
  );
  const events = hunts.reduce((all, one) => all + one.events, 0);
  const made = {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    versions: [
      version("nginx", "-v"),
      `Caddy ${version("caddy", "version")}`,
      version("auditctl", "-v"),
      version("go", "version"),
      `Node ${process.version}`,
    ],
    scale: Number(scale),
    events,
    played: JSON.parse(traffic.stdout) as unknown,
    notRun: audited.log === null ? { auditd: audited.why } : {},
    hunts: hunts.map(({ alerts, ...rest }) => ({ ...rest, alerts: countsOf(alerts) })),
    detections: perDetection(hunts),
  };
  writeFileSync(join(import.meta.dirname, "benign.json"), `${JSON.stringify(made, null, 2)}\n`);
  process.stdout.write(report(made.detections, hunts, events));
}

const TRIES = 3;

/** The build, again if another's rules came between. */
async function auditedUndisturbed(): Promise<Audited> {
  let last: Audited = { log: null, why: "" };
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    last = await auditedBuild(join(folder, `audit-${attempt}`), Number(rounds));
    if (last.log !== null) {
      renameSync(join(folder, `audit-${attempt}`), join(folder, "audit"));
      return last;
    }
  }
  return last;
}

function countsOf(alerts: readonly ToldAlert[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { detection } of alerts) counts[detection] = (counts[detection] ?? 0) + 1;
  return counts;
}

function report(detections: ReturnType<typeof perDetection>, hunts: readonly Hunted[], events: number): string {
  const spoke = Object.entries(detections).filter(([, { alerts }]) => alerts > 0);
  return [
    "| logs | rows | events | rejected | alerts |",
    "| --- | --- | --- | --- | --- |",
    ...hunts.map(
      (one) =>
        `| ${one.name} | ${one.rows} | ${one.events} | ${one.rejected} | ${JSON.stringify(countsOf(one.alerts))} |`,
    ),
    "",
    "| detection | alerts | rows | alerts per million events |",
    "| --- | --- | --- | --- |",
    ...spoke.map(
      ([id, { alerts, rows }]) => `| \`${id}\` | ${alerts} | ${rows} | ${((alerts * 1e6) / events).toFixed(2)} |`,
    ),
    `| the other ${Object.keys(detections).length - spoke.length} | 0 | 0 | 0 |`,
    "",
    `${events} events`,
    "",
  ].join("\n");
}

try {
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
