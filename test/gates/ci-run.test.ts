import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCommand } from "../../scripts/run-command.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What the machine's own programs do in a test: bodies of shell scripts. */
interface Machine {
  /** Exit code 0 and `install ok installed` for a package that is there. */
  readonly "dpkg-query": string;
  readonly id: string;
  readonly npm: string;
  readonly mvn: string;
}
/** What `.ci/debian-packages` lists. */
const PACKAGES =
  "iproute2 python3-venv chromium golang-go golang-github-gin-gonic-gin-dev redis-server golang-golang-x-crypto-dev nginx caddy systemd docker-compose util-linux openssl auditd libevtx-utils python3-evtx nftables ulogd2 conntrack tcpdump nfdump yara maven";
const HAS_ALL = "echo install ok installed";
const HAS_NONE = "exit 1";
const FETCHES = "";
/** Fails when it is asked for the first time. */
const FETCHES_AT_LAST = "[ -e asked ] || { touch asked; exit 1; }";
const GOOD_NPM = '[ "$1" = ci ] || echo "7 passed, 0 failed"';

const FETCH = "mvn --quiet --batch-mode --file .ci/spl/pom.xml dependency:copy-dependencies";

/** A virtual environment's Python is a copy of the stand-in. */
const MAKES_VENV = '[ "$2" != venv ] || { mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; }';

/** Runs `.ci/run` in a copy of what it needs, with stand-ins for programs that change the machine; tells which ran, in order. */
async function ci(machine: Machine): Promise<{ code: number; lines: readonly string[]; ran: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "corral-ci-"));
  try {
    await cp(join(ROOT, ".ci"), join(folder, ".ci"), { recursive: true });
    await cp(join(ROOT, "bin"), join(folder, "bin"), { recursive: true });
    const bin = join(folder, "node_modules/.bin");
    await mkdir(bin, { recursive: true });
    for (const [name, body] of Object.entries({ ...machine, "apt-get": "", python3: MAKES_VENV })) {
      await writeFile(join(bin, name), `#!/bin/sh\necho "${name} $*" >> "${folder}/ran"\n${body}\n`);
      await chmod(join(bin, name), 0o755);
    }
    const path = `${bin}:${process.env["PATH"] ?? ""}`;
    const done = await runCommand(["env", `PATH=${path}`, "bash", join(folder, ".ci/run")], { cwd: tmpdir() });
    const ran = await readFile(join(folder, "ran"), "utf8");
    return { code: done.code, lines: done.output.trimEnd().split("\n"), ran: ran.trimEnd().split("\n") };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("installs what is missing once, then the locked packages, then runs every gate", async () => {
  const { code, lines, ran } = await ci({ "dpkg-query": HAS_NONE, id: "echo 0", npm: GOOD_NPM, mvn: FETCHES });
  expect(ran.filter((line) => !/^(?:dpkg-query|id) /u.test(line))).toEqual([
    "apt-get update -qq",
    `apt-get install -y -qq --no-install-recommends ${PACKAGES}`,
    "npm ci --no-audit --no-fund",
    "python3 -m venv node_modules/.cache/corral/validators",
    "python3 -m pip install --quiet --disable-pip-version-check --no-deps --requirement .ci/python-requirements.txt",
    "python3 -m venv node_modules/.cache/corral/engines",
    "python3 -m pip install --quiet --disable-pip-version-check --no-deps --requirement .ci/engine-requirements.txt",
    FETCH,
    "npm test --silent",
  ]);
  expect(lines).toEqual(["7 passed, 0 failed"]);
  expect(code).toBe(0);
});

test("asks once more for what Maven did not fetch", async () => {
  const { code, ran } = await ci({ "dpkg-query": HAS_ALL, id: "echo 0", npm: GOOD_NPM, mvn: FETCHES_AT_LAST });
  expect(ran.filter((line) => line.startsWith("mvn "))).toEqual([FETCH, FETCH]);
  expect(code).toBe(0);
});

test("what Maven does not fetch twice is a failure in the last line", async () => {
  const { code, lines } = await ci({ "dpkg-query": HAS_ALL, id: "echo 0", npm: GOOD_NPM, mvn: "exit 9" });
  expect(lines.at(-1)).toBe("0 passed, 1 failed");
  expect(code).toBe(9);
});

test("touches no package list when nothing is missing", async () => {
  const { code, ran } = await ci({ "dpkg-query": HAS_ALL, id: "echo 1000", npm: GOOD_NPM, mvn: FETCHES });
  expect(ran.filter((line) => line.startsWith("apt-get"))).toEqual([]);
  expect(code).toBe(0);
});

test("says what is missing to someone who may not install it", async () => {
  const { code, lines } = await ci({ "dpkg-query": HAS_NONE, id: "echo 1000", npm: GOOD_NPM, mvn: FETCHES });
  expect(lines).toEqual([
    `error: missing Debian packages: ${PACKAGES}`,
    `hint: as root: apt-get install ${PACKAGES}`,
    "0 passed, 1 failed",
  ]);
  expect(code).toBe(1);
});

test("an installation that fails is a failure in the last line too", async () => {
  const { code, lines } = await ci({ "dpkg-query": HAS_ALL, id: "echo 0", npm: "exit 7", mvn: FETCHES });
  expect(lines.at(-1)).toBe("0 passed, 1 failed");
  expect(code).toBe(7);
});

test("a failed gate is the exit code, and the gates' own line is the last", async () => {
  const npm = '[ "$1" = ci ] || { echo "6 passed, 1 failed"; exit 1; }';
  const { code, lines } = await ci({ "dpkg-query": HAS_ALL, id: "echo 0", npm, mvn: FETCHES });
  expect(lines).toEqual(["6 passed, 1 failed"]);
  expect(code).toBe(1);
});
