import { spawn } from "node:child_process";
import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const TRIES = 400;
const PAUSE_MS = 25;

/** A program that listens and writes a log. */
export interface RealServer {
  /** All it wrote to its outputs so far. */
  said(): string;
  /** Ends it and waits for its last words. */
  stop(): Promise<string>;
}

/** Starts a program and waits until it takes connections. */
export async function startServer(
  program: string,
  args: readonly string[],
  at: { readonly host: string; readonly port: number },
  env: Readonly<Record<string, string>> = {},
  /** What asks it to end once it has written its last row. */
  gentle: NodeJS.Signals = "SIGTERM",
): Promise<RealServer> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", (error) => {
      said += error.message;
      resolve();
    });
  });
  const stop = async (): Promise<string> => {
    child.kill(gentle);
    await ended;
    return said;
  };
  for (let attempt = 0; attempt < TRIES && child.exitCode === null; attempt += 1) {
    if (await takes(at)) return { said: () => said, stop };
    await wait(PAUSE_MS);
  }
  throw new Error(`${program} did not start: ${await stop()}`);
}

async function takes({ host, port }: { readonly host: string; readonly port: number }): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** What is asked of a server. */
export interface Asked {
  readonly method: string;
  /** As it goes onto the wire. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came of it. */
export interface Answered {
  readonly status: number;
  readonly bytes: number;
  readonly localPort: number;
  readonly sentMs: number;
  readonly doneMs: number;
}

/** Asks one thing, on a connection of its own. */
export async function ask(host: string, port: number, asked: Asked): Promise<Answered> {
  const sentMs = Date.now();
  return await new Promise((resolve, reject) => {
    const going = request(
      { host, port, method: asked.method, path: asked.target, headers: asked.headers, agent: false },
      (answer) => {
        const localPort = answer.socket.localPort ?? 0;
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, bytes, localPort, sentMs, doneMs: Date.now() }),
        );
      },
    );
    going.on("error", reject);
    going.end(asked.body);
  });
}
