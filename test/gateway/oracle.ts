import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { upstreamBinary } from "./upstream-binary.ts";

/** What the real router does with a request line. */
export interface ReachedRoute {
  /** Id of the route; empty when none was reached. */
  readonly route: string;
  readonly param: string;
  readonly status: number;
  readonly location: string;
  /** Why net/http refuses the request line. */
  readonly error: string;
  readonly then?: ReachedRoute;
}

/** What encoding/json makes of a body for a route, written out again with the exact names of its fields. */
export interface DecodedBody {
  readonly ok: boolean;
  readonly error?: string;
  readonly value?: Readonly<Record<string, unknown>>;
  readonly model?: string;
}

/** A model's name as the server resolves it. */
export interface ResolvedName {
  readonly ok: boolean;
  readonly key: string;
  readonly cloud: boolean;
  readonly scheme: string;
}

/** What net/http reads of a form. */
export interface DecodedForm {
  readonly ok: boolean;
  readonly error?: string;
  readonly model?: string;
}

/** Questions to the real gin, net/http and encoding/json, answered in order. */
export interface Oracle {
  paths(asked: readonly { readonly method: string; readonly target: string }[]): Promise<ReachedRoute[]>;
  bodies(asked: readonly { readonly route: string; readonly body: Buffer }[]): Promise<DecodedBody[]>;
  names(asked: readonly string[]): Promise<ResolvedName[]>;
  forms(
    asked: readonly { readonly type: string; readonly query: string; readonly body: Buffer }[],
  ): Promise<DecodedForm[]>;
  stop(): Promise<void>;
}

/** Starts the oracle; questions may come in any number at once. */
export async function startOracle(): Promise<Oracle> {
  const child = spawn(await upstreamBinary(), ["oracle"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  const ask = async <T>(questions: readonly object[]): Promise<T[]> => {
    const answers = questions.map((): Promise<T> => {
      return new Promise((resolve) => waiting.push((line) => resolve(JSON.parse(line) as T)));
    });
    child.stdin.write(questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
    return await Promise.all(answers);
  };
  return {
    paths: async (asked) => await ask(asked.map((one) => ({ kind: "path", ...one }))),
    bodies: async (asked) => {
      return await ask(asked.map(({ route, body }) => ({ kind: "json", route, body: body.toString("base64") })));
    },
    names: async (asked) => await ask(asked.map((name) => ({ kind: "name", name }))),
    forms: async (asked) => {
      return await ask(
        asked.map(({ type, query, body }) => ({ kind: "multipart", type, query, body: body.toString("base64") })),
      );
    },
    stop: async () => {
      child.stdin.end();
      child.kill("SIGKILL");
      await ended;
    },
  };
}
