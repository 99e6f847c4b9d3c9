import cluster from "node:cluster";
import { watchFile, unwatchFile } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import { createRandomHex } from "../../machine/random-hex.io.ts";
import { Complaint, EXIT } from "../../model/complaint.ts";
import type { ExitCode } from "../../model/complaint.ts";
import type { CommandRun, Terminal } from "../../model/command.ts";
import { configWarnings } from "../config/config-warnings.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";
import { loadConfig } from "../config/load-config.io.ts";
import { makeAuthority } from "../quota/authority.ts";
import { machineWorld } from "../quota/quota-world.io.ts";
import { openCounts } from "../quota/open-counts.io.ts";
import { openRecord } from "../record/record-keeper.io.ts";
import { Supervisor } from "./supervisor.io.ts";
import { runWorker } from "./worker.io.ts";

/** A configuration that changes is read this often. */
const LOOK_MS = 1000;
const ROUTES = { ids: Object.keys(MODEL_ROUTES) };

/** `corral gateway`: the gateway itself, until it is told to stop. In a process that it started itself: one of its workers. */
export const runGateway: CommandRun = async (_args, options, terminal) => {
  if (cluster.isWorker) return runWorker();
  const path = typeof options["config"] === "string" ? options["config"] : "gateway.yaml";
  const config = await loadConfig(path, terminal.cwd, ROUTES);
  for (const warning of configWarnings(config)) terminal.say(`warning: ${warning}`);
  return guard(config, path, terminal);
};

/** The socket that a service manager holds for us, if it does: then a restart closes nothing. */
function inheritedSocket(env: Terminal["env"]): number | null {
  return env["LISTEN_FDS"] === "1" && env["LISTEN_PID"] === String(process.pid) ? 3 : null;
}

async function guard(config: GatewayConfig, path: string, terminal: Terminal): Promise<ExitCode> {
  const say = (text: string): void => terminal.say(text);
  const record = await openRecord(config.state, {
    checkpointSeconds: config.audit.checkpointSeconds,
    onChange: (trouble) => {
      say(
        trouble === null
          ? "the record can be kept again"
          : `error: the record cannot be kept, nothing is let through: ${trouble}`,
      );
      supervisor.tell({ kind: "record", isOpen: trouble === null });
    },
  });
  for (const line of record.story) say(line);
  const store = await openCounts(config, say);
  const authority = makeAuthority(config, store, machineWorld, {
    counts: (failure) =>
      say(failure === null ? "counts can be written again" : `error: counts cannot be written: ${failure.message}`),
  });
  const supervisor = new Supervisor(config, {
    authority,
    salt: createRandomHex(16)(),
    listenFd: inheritedSocket(terminal.env),
    record: (batch) => record.take(batch),
    isRecordOpen: () => record.available,
    say,
  });
  try {
    const port = await supervisor.start();
    const scheme = config.listen.tls === null ? "http" : "https";
    const host = config.listen.address.includes(":") ? `[${config.listen.address}]` : config.listen.address;
    say(`listening on ${scheme}://${host}:${port} for ${config.upstream}`);
    const stopWatching = watch(path, terminal, supervisor, authority);
    await Promise.race([stopped(terminal.stopped), supervisor.failed]);
    stopWatching();
    const cut = await supervisor.stop();
    if (cut > 0) say(`${cut} requests had not ended and were cut`);
  } finally {
    await authority.close();
    await record.close();
  }
  return EXIT.fine;
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}

/** Reads the configuration anew on SIGHUP and when its file changes; a bad one is told and changes nothing. */
function watch(
  path: string,
  terminal: Terminal,
  supervisor: Supervisor,
  authority: ReturnType<typeof makeAuthority>,
): () => void {
  const file = resolve(terminal.cwd, path);
  let work = Promise.resolve();
  const reload = async (): Promise<void> => {
    try {
      const config = await loadConfig(path, terminal.cwd, ROUTES);
      authority.reconfigure(config);
      await supervisor.replace(config);
      terminal.say("configuration read again");
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      terminal.say(`the configuration before stays: ${error.message}`);
    }
  };
  const next = (): void => {
    supervisor.tell({ kind: "keys" });
    work = work.then(reload);
  };
  process.on("SIGHUP", next);
  watchFile(file, { interval: LOOK_MS }, next);
  return () => {
    process.off("SIGHUP", next);
    unwatchFile(file, next);
  };
}
