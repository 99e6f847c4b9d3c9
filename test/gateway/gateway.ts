import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { openKeyStore } from "../../src/gateway/keys/key-store.io.ts";
import { makeAuditKey } from "../../src/gateway/record/audit-key.io.ts";

const MAIN = process.env["GWMAIN"] ?? join(import.meta.dirname, "../../src/cli/main.ts");
const START_MS = 60_000;

/** A key of a running gateway. */
export interface TestKey {
  readonly id: string;
  readonly secret: string;
}

/** A gateway in a process of its own, as a user starts it. */
export interface TestGateway {
  readonly url: string;
  readonly folder: string;
  readonly state: string;
  /** What it has said so far. */
  readonly said: string;
  readonly process: ChildProcess;
  /** Keys made before it started, by the names asked for. */
  readonly keys: Readonly<Record<string, TestKey>>;
  /** Writes another configuration in place of the one before. */
  configure(config: object): Promise<void>;
  /** Waits until it has said something. */
  until(words: RegExp): Promise<RegExpExecArray>;
  /** Ends it (SIGTERM) and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Starts it again over the same folder, maybe with other options of the process. */
  again(): Promise<TestGateway>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** A key to be made: of the role `user` unless it says otherwise. */
export interface WantedKey {
  readonly role?: string;
  readonly expiresAt?: number | null;
  readonly addresses?: readonly string[] | null;
}

/** Starts `corral gateway` before an upstream; `config` is put over what it says by itself: loopback, any port, one role `user`. */
export async function startGateway(
  upstream: string,
  config: object = {},
  wanted: Readonly<Record<string, WantedKey>> = { user: {} },
): Promise<TestGateway> {
  const folder = await mkdtemp(join(tmpdir(), "corral-gateway-"));
  const whole = { upstream, listen: { port: 0 }, operations: null, roles: { user: { allow: ["A", "B"] } }, ...config };
  await writeFile(join(folder, "gateway.yaml"), stringify(whole));
  const state = join(folder, "gateway-state");
  await makeAuditKey(state);
  return run(folder, await makeKeys(state, wanted));
}

async function makeKeys(state: string, wanted: Readonly<Record<string, WantedKey>>): Promise<Record<string, TestKey>> {
  using store = await openKeyStore(state);
  return Object.fromEntries(
    Object.entries(wanted).map(([name, more]) => {
      const rest = { role: "user", expiresAt: null, addresses: null, ...more };
      const { row, secret } = store.add({ name, owner: "test", ...rest }, Date.now());
      return [name, { id: row.id, secret }];
    }),
  );
}

async function run(folder: string, keys: Readonly<Record<string, TestKey>>): Promise<TestGateway> {
  const state = join(folder, "gateway-state");
  const child = spawn(process.execPath, [MAIN, "gateway", "--config", "gateway.yaml"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "pipe"],
    env: { ...process.env, INIT_CWD: folder },
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const until = async (words: RegExp): Promise<RegExpExecArray> => {
    const end = Date.now() + START_MS;
    for (;;) {
      const found = words.exec(said);
      if (found !== null) return found;
      if (Date.now() > end || (child.exitCode !== null && words.exec(said) === null))
        throw new Error(`the gateway did not say ${String(words)}:\n${said}`);
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
    }
  };
  const [, url = ""] = await until(/listening on (\S+) for/u);
  const gateway: TestGateway = {
    url,
    folder,
    state,
    get said() {
      return said;
    },
    process: child,
    keys,
    configure: (config) => writeFile(join(folder, "gateway.yaml"), stringify(config)),
    until,
    stop: (signal = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
    again: () => run(folder, keys),
    async remove() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
  return gateway;
}
