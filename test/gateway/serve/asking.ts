import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import type { TestGateway } from "../gateway.ts";
import type { SeenRequest, Upstream } from "../upstream.ts";

/** Headers that show a key of a gateway. */
export function bearer(gateway: TestGateway, name = "user"): Record<string, string> {
  return { authorization: `Bearer ${gateway.keys[name]?.secret ?? ""}` };
}

/** Posts JSON. */
export function post(
  gateway: TestGateway,
  path: string,
  body: unknown,
  { key = "user", headers = {}, signal = null as AbortSignal | null } = {},
): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fetch(gateway.url + path, {
    method: "POST",
    headers: { ...bearer(gateway, key), ...headers },
    body: text,
    signal,
  });
}

/** A chat that orders an answer of the stand-in. */
export function chat(order: string, more: object = {}): object {
  return { model: "llama3", messages: [{ role: "user", content: order }], ...more };
}

/** Lines of an answer as JSON. */
export function linesOf(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Data of the events of an answer, `[DONE]` left out. */
export function eventsOf(text: string): Record<string, unknown>[] {
  return linesOf(
    text
      .split("\n")
      .filter((line) => line.startsWith("data: ") && line !== "data: [DONE]")
      .map((line) => line.slice("data: ".length))
      .join("\n"),
  );
}

/** Writes bytes to a server as they are and reads until it closes, or some moments after nothing more comes. */
export function raw(server: { readonly url: string }, text: string, quietMs = 400): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    let answer = "";
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.setEncoding("latin1");
    socket.on("data", (piece: string) => {
      answer += piece;
    });
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" ? resolve(answer) : reject(error),
    );
    socket.on("close", () => resolve(answer));
    socket.write(text, "latin1");
  });
}

/** What clients had the upstream see: without what the gateway asks of its own. */
export async function forwarded(upstream: Upstream): Promise<readonly SeenRequest[]> {
  const { requests } = await upstream.seen();
  return requests.filter(({ head }) => !head.includes("user-agent: corral-gateway"));
}

/** Rows of a stopped gateway's record. */
export async function rowsOf({ state }: TestGateway): Promise<readonly Record<string, unknown>[]> {
  const folder = join(state, "audit");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return linesOf(texts.join("")).filter((row) => "decision" in row);
}
