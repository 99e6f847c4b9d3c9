import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** An account that nothing else runs under, so that the kernel tells of this work alone. */
const UID = 61_234;
const RULE = ["always,exit", "-F", "arch=b64", "-S", "execve", "-F", `uid=${UID}`, "-k", "corral-benign"];

const CONFIG = (folder: string): string =>
  [
    "local_events = yes",
    "write_logs = yes",
    `log_file = ${join(folder, "audit.log")}`,
    "log_format = ENRICHED",
    "flush = NONE",
    "max_log_file = 2000",
    "num_logs = 0",
    "max_log_file_action = IGNORE",
    "space_left = 75",
    "space_left_action = IGNORE",
    "admin_space_left = 50",
    "admin_space_left_action = IGNORE",
    "disk_full_action = IGNORE",
    "disk_error_action = IGNORE",
    "q_depth = 20000",
    "overflow_action = IGNORE",
    `plugin_dir = ${join(folder, "plugins")}`,
    "",
  ].join("\n");

/** A build (compiler, assembler, linker), a look through the installed packages, and the small programs of a configure script. */
const BUILD = (rounds: number): string => `
set -u
i=0
while [ $i -lt ${rounds} ]; do
  i=$((i + 1))
  echo "int main(void) { return $((i % 7)); }" > unit.c
  gcc -O1 -o unit unit.c
  dpkg-query -W -f '\${Version}' libc6
  tar -cf unit.tar unit.c unit
  for word in one two three four five; do
    expr "$word" : 'o' ; basename "/usr/lib/$word" ; dirname "/usr/lib/$word"
    /bin/echo "$word" | sed -e s/o/0/ | grep -c 0
    /usr/bin/test -f "$word" ; uname -m ; cat unit.c ; tr a-z A-Z < unit.c ; cp unit.c "$word" ; rm -f "$word"
  done
  ollama/bin/ollama serve "$PWD/ollama/lib/ollama" 2
done
`;

/** What the kernel told of a build beside a model server's stand-in; `null` = it may not be asked here, with the reason. */
export interface Audited {
  readonly log: string | null;
  readonly why: string;
}

/** Whether somebody else changed the kernel's rules meanwhile: then the log tells of their work too. */
function isDisturbed(log: string): boolean {
  const changes = readFileSync(log, "latin1").match(/^type=CONFIG_CHANGE .* op=(?:add|remove)_rule .*/gmu) ?? [];
  return changes.some((row) => !row.includes('op=add_rule key="corral-benign"'));
}

/** Lets auditd write down every program of a build; the kernel's settings are put back. */
export async function auditedBuild(folder: string, rounds: number): Promise<Audited> {
  if (spawnSync("auditctl", ["-l"]).status !== 0) return { log: null, why: "the kernel's audit is not permitted" };
  const before = execFileSync("auditctl", ["-s"], { encoding: "utf8" });
  if (!before.includes("pid 0\n")) return { log: null, why: "an audit daemon runs already" };
  makeWork(folder);
  const daemon = spawn("auditd", ["-n", "-c", folder], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => daemon.once("close", () => resolve()));
  try {
    await wait(1500);
    execFileSync("auditctl", ["-b", "16384"], { stdio: "ignore" });
    execFileSync("auditctl", ["-e", "1"], { stdio: "ignore" });
    execFileSync("auditctl", ["-a", ...RULE], { stdio: "ignore" });
    const who = [`--reuid=${UID}`, `--regid=${UID}`, "--clear-groups"];
    spawnSync("setpriv", [...who, "sh", "-c", BUILD(rounds)], {
      cwd: join(folder, "work"),
      stdio: "ignore",
      timeout: 240_000,
    });
    await wait(3000);
  } finally {
    // Before the settings are put back, so that its log does not tell of that.
    daemon.kill("SIGTERM");
    await ended;
    spawnSync("auditctl", ["-d", ...RULE], { stdio: "ignore" });
    const backlog = /backlog_limit (\d+)/u.exec(before)?.[1] ?? "64";
    spawnSync("auditctl", ["-e", before.startsWith("enabled 1") ? "1" : "0"], { stdio: "ignore" });
    spawnSync("auditctl", ["-b", backlog], { stdio: "ignore" });
  }
  const log = join(folder, "audit.log");
  return isDisturbed(log) ? { log: null, why: "somebody else changed the kernel's rules meanwhile" } : { log, why: "" };
}

function makeWork(folder: string): void {
  const work = join(folder, "work");
  for (const name of ["plugins", "work/ollama/bin", "work/ollama/lib/ollama"])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "auditd.conf"), CONFIG(folder));
  const program = join(work, "ollama/bin/ollama");
  execFileSync("gcc", ["-O1", "-o", program, join(import.meta.dirname, "server-stand-in.c")]);
  copyFileSync(program, join(work, "ollama/lib/ollama/llama-server"));
  execFileSync("chown", ["-R", `${UID}:${UID}`, work]);
  for (const path of [folder, work]) chmodSync(path, 0o755);
}
