import { performance } from "node:perf_hooks";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { createRandomHex } from "../../machine/random-hex.io.ts";
import { EXIT } from "../../model/complaint.ts";
import type { ExitCode } from "../../model/complaint.ts";
import { instantOf } from "../../model/instant.ts";
import { setOf } from "../config/address-kind.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";
import { Authenticator, guessLine, isDenied } from "../keys/authenticator.ts";
import { loadSigners, openLiveKeys } from "../keys/live-keys.io.ts";
import { GuessBrake } from "../keys/guess-brake.ts";
import { ReplayMemory } from "../keys/replay-memory.ts";
import type { FromAuthority, ToAuthority } from "../quota/gate.ts";
import { makeGate } from "../quota/make-gate.ts";
import { machineWorld } from "../quota/quota-world.io.ts";
import { createRecorder } from "../record/recorder.io.ts";
import type { Recorder } from "../record/recorder.io.ts";
import type { Refusal } from "../refusal.ts";
import { bindsTools, ToolGuard } from "../stream/tool-guard.ts";
import type { Desk } from "./desk.ts";
import { createDigest, digestInTurns } from "./digest.io.ts";
import { Estimates } from "./estimates.ts";
import { listen, openFrontDoor } from "./front-door.io.ts";
import type { Beginning, FromWorker, ToWorker } from "./messages.ts";
import { UpstreamModels } from "./model-list.io.ts";
import { Overload } from "./overload.ts";
import { recording } from "./recording.io.ts";
import { seesModel } from "./sees-model.ts";
import { openUpstream } from "./open-upstream.io.ts";

const LAG_MS = 20;
const LOAD_MS = 1000;
/** What is at work is told again this often: as much of its counts is lost if the worker dies. */
const RESTATE_MS = 1000;
const RECORD_CLOSED: Refusal = {
  status: 503,
  reason: "record-unavailable",
  message: "the gateway cannot keep its record; try again later",
  retryAfterSeconds: 5,
};
const OVERLOADED: Refusal = {
  status: 503,
  reason: "overloaded",
  message: "the gateway has more to do than it can; try again",
  retryAfterSeconds: 1,
};

/** The worker's end of the line to its supervisor: messages to the authority go together, once a turn of the loop. */
class Line {
  readonly #hearers: ((message: FromAuthority) => void)[] = [];
  /** Signatures seen here and, by the supervisor's word, elsewhere. */
  readonly replays = new ReplayMemory((seen) => this.send({ kind: "seen", seen }));
  #waiting: ToAuthority[] = [];

  send(message: FromWorker): void {
    // A supervisor that is gone is told by the channel's end.
    process.send?.(message, () => undefined);
  }

  readonly authority = {
    post: (message: ToAuthority): void => {
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      this.#waiting.push(message);
    },
    listen: (take: (message: FromAuthority) => void): void => void this.#hearers.push(take),
  };

  hear(messages: readonly FromAuthority[]): void {
    for (const message of messages) for (const take of this.#hearers) take(message);
  }

  #flush(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    this.send({ kind: "authority", messages });
  }
}

interface Door {
  closed: Refusal | null;
}

/** Carries requests until the supervisor says that it is enough. Started by the supervisor alone. */
export function runWorker(): Promise<ExitCode> {
  // Young collections copy little: handing parts of them to other threads costs more than it saves.
  setFlagsFromString("--no-parallel-scavenge");
  // The supervisor decides when a worker ends, also where the terminal sends its signals to all.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR2"] as const) process.on(signal, () => undefined);
  process.on("disconnect", () => process.exit(process.exitCode ?? EXIT.incomplete));
  const line = new Line();
  const door: Door = { closed: null };
  return new Promise((resolve, reject) => {
    process.on("message", (message: ToWorker) => {
      switch (message.kind) {
        case "begin":
          begin(line, door, message).then(resolve, (error: unknown) => {
            reject(error);
            // The command tells what is wrong first.
            setImmediate(() => process.disconnect());
          });
          break;
        case "authority":
          line.hear(message.messages);
          break;
        case "record":
          door.closed = message.isOpen ? null : RECORD_CLOSED;
          break;
        case "seen":
          line.replays.learn(message.seen, Date.now());
          break;
        case "keys":
        case "guesses":
        case "drain":
          break;
      }
    });
  });
}

/** A message that the supervisor sends once. */
function told(kind: ToWorker["kind"]): Promise<void> {
  return new Promise((resolve) => {
    process.on("message", (message: ToWorker) => {
      if (message.kind === kind) resolve();
    });
  });
}

async function begin(line: Line, door: Door, beginning: Beginning): Promise<ExitCode> {
  const { config, listenFd } = beginning;
  const drained = told("drain");
  const { desk, close } = await openDesk(line, door, beginning);
  const front = openFrontDoor(beginning, desk);
  const load = setInterval(() => line.send({ kind: "load", inFlight: front.inFlight }), LOAD_MS).unref();
  line.send({ kind: "ready", port: await listen(front.server, config.listen, listenFd) });
  await drained;
  await front.drain();
  clearInterval(load);
  await close();
  process.exitCode = EXIT.fine;
  // What was sent before has arrived once this has.
  process.send?.({ kind: "load", inFlight: 0 } satisfies FromWorker, () => process.disconnect());
  return EXIT.fine;
}

interface OpenDesk {
  readonly desk: Desk;
  readonly close: () => Promise<void>;
}

async function openDesk(line: Line, door: Door, beginning: Beginning): Promise<OpenDesk> {
  const { config, salt } = beginning;
  const { recognise, keys } = await openRecognition(line, beginning);
  const upstream = openUpstream(config.upstream);
  const { recorder, close: closeRecorder } = openRecorder(line);
  const gate = makeGate(line.authority, config, machineWorld);
  const overload = watchOverload();
  const saltBytes = Buffer.from(salt);
  const elapsed = (): number => performance.now();
  const [now, newId] = [createNow(), createIds()];
  const desk: Desk = {
    config,
    proxies: config.listen.behind.length === 0 ? null : setOf(config.listen.behind),
    origins: config.origins.length === 0 ? null : new Set(config.origins),
    gate,
    forward: upstream.forward,
    estimates: new Estimates(),
    models: new UpstreamModels(upstream.forward, elapsed),
    tools: guardsOf(config),
    sees: seesModel(config),
    recognise,
    closed: () => {
      overload.begun();
      return door.closed ?? (overload.isShedding ? OVERLOADED : null);
    },
    ...recording(recorder, { elapsed, now, newId }),
    digest: createDigest(saltBytes),
    digestSlowly: (body) => digestInTurns(saltBytes, body),
    elapsed,
    later: (ms, work) => void setTimeout(work, ms),
    now,
    seconds: () => Math.floor(Date.now() / 1000),
    newId,
  };
  const close = async (): Promise<void> => {
    gate.close();
    closeRecorder();
    keys[Symbol.dispose]();
    await upstream.close();
  };
  return { desk, close };
}

function openRecorder(line: Line): { readonly recorder: Recorder; readonly close: () => void } {
  const recorder = createRecorder(({ lines, tallies, standing, ended }) =>
    line.send({
      kind: "rows",
      lines: lines.join("\n"),
      tallies,
      standing: standing.join("\n"),
      ended: ended.join("\n"),
    }),
  );
  const restating = setInterval(() => recorder.restate(), RESTATE_MS).unref();
  const close = (): void => {
    clearInterval(restating);
    recorder.flush();
  };
  return { recorder, close };
}

async function openRecognition(
  line: Line,
  { config, guesses }: Beginning,
): Promise<{ recognise: Desk["recognise"]; keys: Disposable }> {
  const say = (text: string): void => line.send({ kind: "say", text });
  const signers = await loadSigners(config.access);
  const keys = await openLiveKeys(config.state, (table) => authenticator.setKeys(table), say);
  const brake = new GuessBrake(config.access.guesses.perMinute, (address) => line.send({ kind: "guess", address }));
  brake.learn(guesses, Date.now());
  const authenticator = new Authenticator(config.access, keys.table, signers, line.replays, brake);
  process.on("message", (message: ToWorker) => {
    if (message.kind === "keys") keys.reload();
    else if (message.kind === "guesses") brake.learn(message.levels, Date.now());
  });
  const recognise: Desk["recognise"] = ({ method, target, rawHeaders, caller }) => {
    const { pathToken, path, query } = target;
    const { address, isOwn: isOwnAddress, isPrivate: isSafeWay } = caller;
    const nowMs = Date.now();
    const asked = { rawHeaders, pathToken, method, path, query, address, isOwnAddress, isSafeWay };
    const found = authenticator.ask(asked, nowMs);
    if (isDenied(found) && found.why !== "no-credential") say(guessLine(instantOf(nowMs), address, found.why));
    return found;
  };
  return { recognise, keys };
}

function guardsOf({ roles }: GatewayConfig): ReadonlyMap<string, ToolGuard> {
  const bound = Object.entries(roles).filter(([, { tools }]) => bindsTools(tools));
  return new Map(bound.map(([name, { tools }]) => [name, new ToolGuard(tools)]));
}

function watchOverload(): Overload {
  const overload = new Overload();
  let before = performance.now();
  let ownBefore = ownMs();
  setInterval(() => {
    const now = performance.now();
    const own = ownMs();
    overload.rang(now - before - LAG_MS, (own - ownBefore) / (now - before));
    before = now;
    ownBefore = own;
  }, LAG_MS).unref();
  return overload;
}

/** Milliseconds that this thread has computed. */
function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Many requests come within one millisecond: the text of one is made once. */
function createNow(): () => string {
  let atMs = 0;
  let text = "";
  return () => {
    const now = Date.now();
    if (now !== atMs) {
      atMs = now;
      text = instantOf(now);
    }
    return text;
  };
}

/** Ids that no other worker and no later start gives out: a random beginning, then a count. */
function createIds(): () => string {
  const start = createRandomHex(6)();
  let count = 0;
  return () => {
    count += 1;
    return `${start}-${count.toString(36)}`;
  };
}
