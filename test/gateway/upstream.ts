import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { upstreamBinary } from "./upstream-binary.ts";

/** What the stand-in saw of one request; times are milliseconds since 1970 with fractions. */
export interface SeenRequest {
  readonly method: string;
  /** As in the request line. */
  readonly target: string;
  readonly path: string;
  /** Id of the row in src/knowledge/ollama-routes.ts. */
  readonly route: string;
  readonly pattern: string;
  /** Request line and header lines, exactly as they came. */
  readonly head: readonly string[];
  /** The first 64 KiB. */
  readonly body: string;
  readonly bodyBytes: number;
  /** What encoding/json made of the body. */
  readonly decoded: unknown;
  readonly decodeError: string;
  readonly model: string;
  readonly status: number;
  /** Tokens sent. */
  readonly sent: number;
  readonly done: boolean;
  readonly cancelled: boolean;
  readonly atMs: number;
  readonly cancelledAtMs: number;
}

/** What the stand-in saw since it began or was reset; at most 2,000 requests are kept, `total` counts all. */
export interface Seen {
  readonly requests: readonly SeenRequest[];
  readonly total: number;
  readonly inFlight: number;
  readonly mostInFlight: number;
  readonly cancelled: number;
  readonly connections: number;
  readonly opened: number;
}

/** An entry of the stand-in's list of models. */
export interface StockedModel {
  readonly name: string;
  readonly remoteHost?: string;
  readonly remoteModel?: string;
  readonly running?: boolean;
  readonly system?: string;
}

/** A running stand-in for Ollama, made of the real gin and encoding/json; see test/gateway/upstream/order.go for what prompts may order. */
export interface Upstream {
  readonly url: string;
  readonly pid: number;
  seen(): Promise<Seen>;
  /** Forgets what was seen and brings the usual models back. */
  reset(): Promise<void>;
  /** Replaces the list of models. */
  stock(models: readonly StockedModel[]): Promise<void>;
  stop(): Promise<void>;
}

/** Compiles the stand-in if need be and starts it on loopback ports of its own. */
export async function startUpstream(): Promise<Upstream> {
  const child = spawn(await upstreamBinary(), ["serve"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const first = await new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    child.once("error", reject);
    child.once("exit", () => reject(new Error("the stand-in ended before it listened")));
  });
  const { url, control } = JSON.parse(first) as { url: string; control: string };
  return {
    url,
    pid: child.pid ?? 0,
    seen: async () => {
      return (await (await fetch(`${control}/seen`)).json()) as Seen;
    },
    reset: async () => {
      await (await fetch(`${control}/reset`, { method: "POST" })).text();
    },
    stock: async (models) => {
      await (await fetch(`${control}/models`, { method: "POST", body: JSON.stringify(models) })).text();
    },
    stop: async () => {
      child.stdin.end();
      child.kill("SIGKILL");
      await ended;
    },
  };
}
