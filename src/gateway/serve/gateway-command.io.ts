import cluster from "node:cluster";
import process from "node:process";
import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import { readHostNetwork } from "../../machine/listening-sockets.io.ts";
import { EXIT } from "../../model/complaint.ts";
import type { CommandRun, Terminal } from "../../model/command.ts";
import { configWarnings } from "../config/config-warnings.ts";
import { upstreamExposure } from "../config/upstream-exposure.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";
import { loadConfig } from "../config/load-config.io.ts";
import { makeAuthority } from "../quota/authority.ts";
import type { Authority } from "../quota/authority.ts";
import type { CountFailure } from "../quota/count-store.ts";
import { openCounts } from "../quota/open-counts.io.ts";
import { machineWorld } from "../quota/quota-world.io.ts";
import { GatewayMetrics } from "../record/metrics.io.ts";
import type { Vitals } from "../record/metrics.io.ts";
import { startOperations } from "../record/operations.io.ts";
import type { Operations } from "../record/operations.io.ts";
import { readOperationsToken } from "../record/operations-token.io.ts";
import { openRecord } from "../record/record-keeper.io.ts";
import type { RecordKeeper } from "../record/record-keeper.io.ts";
import { certificateOf } from "./certificates.io.ts";
import { digestSalt } from "./digest-salt.io.ts";
import { watchConfig } from "./watch-config.io.ts";
import { Supervisor } from "./supervisor.io.ts";
import { probeUpstream } from "./upstream-probe.io.ts";
import type { UpstreamProbe } from "./upstream-probe.io.ts";
import { runWorker } from "./worker.io.ts";

const ROUTES = { ids: Object.keys(MODEL_ROUTES) };
/** The first descriptor that a service manager hands over. */
const FIRST_FD = 3;
/** Certificates are looked at twice a day. */
const RENEW_MS = 12 * 3_600_000;

/** `corral gateway`: the gateway itself, until it is told to stop. In a process that it started itself: one of its workers. */
export const runGateway: CommandRun = async (_args, options, terminal) => {
  if (cluster.isWorker) return runWorker();
  const path = typeof options["config"] === "string" ? options["config"] : "gateway.yaml";
  const load = (): Promise<GatewayConfig> => loadConfig(path, terminal.cwd, ROUTES);
  const config = await load();
  for (const warning of configWarnings(config)) terminal.say(`warning: ${warning}`);
  const exposure = upstreamExposure(config.upstream, await readHostNetwork());
  if (exposure !== null) terminal.say(`warning: ${exposure}`);
  const house = await openHouse(config, terminal);
  try {
    await serve(house, config, terminal);
    using watching = new DisposableStack();
    watching.use(
      watchConfig(
        path,
        terminal,
        load,
        (next) => replace(house, next),
        () => house.supervisor.tell({ kind: "keys" }),
      ),
    );
    watching.use(
      every(RENEW_MS, () => {
        house.supervisor
          .renew()
          .catch((error: unknown) => terminal.say(`error: the certificate was not renewed: ${String(error)}`));
      }),
    );
    await Promise.race([stopped(terminal.stopped), house.supervisor.failed]);
  } finally {
    await close(house, terminal);
  }
  return EXIT.fine;
};

/** Puts a configuration in the place of the one before, wholly or not at all. */
async function replace({ authority, supervisor }: House, next: GatewayConfig): Promise<void> {
  const { config } = supervisor;
  authority.reconfigure(next);
  try {
    await supervisor.replace(next);
  } catch (error) {
    authority.reconfigure(config);
    throw error;
  }
}

/** All that lives as long as the gateway. */
interface House {
  readonly record: RecordKeeper;
  readonly authority: Authority;
  readonly supervisor: Supervisor;
  readonly probe: UpstreamProbe;
  readonly operations: Operations | null;
}

/** What changes while the gateway runs and is told of it. */
interface State {
  areCountsKept: boolean;
  supervisor: Supervisor | null;
}

async function openHouse(config: GatewayConfig, terminal: Terminal): Promise<House> {
  const say = (text: string): void => terminal.say(text);
  const isToken = config.operations === null ? null : await readOperationsToken(config.state);
  const salt = await digestSalt(config.state);
  const state: State = { areCountsKept: true, supervisor: null };
  const record = await openRecord(config.state, {
    checkpointSeconds: config.audit.checkpointSeconds,
    onChange: (trouble) => {
      say(recordWords(trouble));
      state.supervisor?.tell({ kind: "record", isOpen: trouble === null });
    },
  });
  for (const line of record.story) say(line);
  const authority = makeAuthority(config, await openCounts(config, say), machineWorld, {
    counts: (failure) => {
      state.areCountsKept = failure === null;
      say(countWords(failure));
    },
  });
  const supervisor = new Supervisor(config, {
    authority,
    salt,
    listenFd: inheritedSocket(terminal.env),
    certificate: (of) => certificateOf(of, say),
    record: (batch) => record.take(batch),
    isRecordOpen: () => record.available,
    say,
  });
  state.supervisor = supervisor;
  const probe = probeUpstream(config.upstream, (isUp) => say(upstreamWords(config.upstream, isUp)));
  const vitals = vitalsOf({ record, authority, supervisor, probe }, state);
  const operations =
    config.operations === null || isToken === null
      ? null
      : await openOperations(config.operations, vitals, record, isToken);
  return { record, authority, supervisor, probe, operations };
}

function recordWords(trouble: string | null): string {
  if (trouble === null) return "the record can be kept again";
  return `error: the record cannot be kept, nothing is let through: ${trouble}`;
}

function countWords(failure: CountFailure | null): string {
  if (failure === null) return "counts can be kept again";
  return `error: ${failure.place}: counts cannot be kept: ${failure.message}`;
}

function upstreamWords(upstream: string, isUp: boolean): string {
  return isUp ? `the model server answers at ${upstream}` : `warning: the model server does not answer at ${upstream}`;
}

function vitalsOf({ record, authority, supervisor, probe }: Omit<House, "operations">, state: State): Vitals {
  return {
    inFlight: () => supervisor.inFlight,
    waiting: () => authority.view().waiting,
    workers: () => supervisor.workers,
    upstreamReachable: () => probe.isReachable,
    countsReachable: () => state.areCountsKept,
    recordAvailable: () => record.available,
    recordSeq: () => record.seq,
    recordPending: () => record.pending,
    accepting: () => !supervisor.isStopping,
  };
}

function openOperations(
  where: NonNullable<GatewayConfig["operations"]>,
  vitals: Vitals,
  record: RecordKeeper,
  isToken: (authorization: string | undefined) => boolean,
): Promise<Operations> {
  const metrics = new GatewayMetrics(vitals);
  record.feed(metrics);
  return startOperations(where, { vitals, metrics, lastCheckpoint: () => record.lastCheckpoint, isToken });
}

async function serve(
  { supervisor, operations, probe }: House,
  config: GatewayConfig,
  terminal: Terminal,
): Promise<void> {
  const { listen, upstream } = config;
  const port = await supervisor.start();
  probe.start();
  const host = listen.address.includes(":") ? `[${listen.address}]` : listen.address;
  terminal.say(`listening on ${listen.tls === null ? "http" : "https"}://${host}:${port} for ${upstream}`);
  if (operations !== null) terminal.say(`metrics and health on port ${operations.port}, with the operations token`);
}

async function close(house: House, terminal: Terminal): Promise<void> {
  const cut = await house.supervisor.stop();
  if (cut > 0) terminal.say(`${cut} requests had not ended and were cut`);
  await house.operations?.close();
  await house.probe[Symbol.asyncDispose]();
  await house.authority.close();
  if (!(await house.record.close())) terminal.say("error: the last rows of the record could not be written");
}

/** The socket that a service manager holds for us, if it does: then a restart closes nothing. */
function inheritedSocket(env: Terminal["env"]): number | null {
  return env["LISTEN_FDS"] === "1" && env["LISTEN_PID"] === String(process.pid) ? FIRST_FD : null;
}

function every(ms: number, work: () => void): Disposable {
  const timer = setInterval(work, ms).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}
