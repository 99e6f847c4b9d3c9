import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request as askHttp } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseGateway } from "../../../src/gateway/config/parse-gateway.ts";
import { MODEL_ROUTES } from "../../../src/knowledge/ollama-routes.ts";
import { startGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";

const DEPLOY = join(import.meta.dirname, "../../../deploy");
const MAIN = join(import.meta.dirname, "../../../src/cli/main.ts");
const HOLDER = join(import.meta.dirname, "socket-holder.py");
const run = promisify(execFile);
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-units-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The units as they are but for the program, which this machine may not have where a service has it. */
async function units(): Promise<readonly string[]> {
  return Promise.all(
    ["service", "socket"].map(async (kind) => {
      const text = await readFile(join(DEPLOY, `systemd/corral-gateway.${kind}`), "utf8");
      const path = join(folder, `corral-gateway.${kind}`);
      await writeFile(path, text.replace("/usr/local/bin/corral", "/bin/true"));
      return path;
    }),
  );
}

test("systemd finds nothing wrong in the units", async () => {
  const { stdout, stderr } = await run("systemd-analyze", ["verify", "--man=no", ...(await units())]);
  expect(stdout + stderr).toBe("");
});

test("the service is shut in: systemd's own measure of exposure is below 2 of 10", async () => {
  const [service = ""] = await units();
  const { stdout } = await run("systemd-analyze", [
    "security",
    "--offline=true",
    "--threshold=20",
    "--no-pager",
    service,
  ]);
  expect(stdout).toMatch(/Overall exposure level for corral-gateway\.service: [01]\.\d/u);
});

test("the socket is where the written configuration listens", async () => {
  const socket = await readFile(join(DEPLOY, "systemd/corral-gateway.socket"), "utf8");
  const config = parseGateway("upstream: http://127.0.0.1:11434\nroles: {user: {}}\n", "f", {
    ids: Object.keys(MODEL_ROUTES),
  });
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  expect(socket).toContain(`ListenStream=${config.value.listen.address}:${config.value.listen.port}\n`);
});

/** One chat on a connection of its own: what became of it. */
function chat(port: number, key: string): Promise<string> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${key}` };
    const where = { host: "127.0.0.1", port, path: "/api/chat", method: "POST", headers, agent: false };
    const request = askHttp(where, (response) => {
      let text = "";
      const done = (): void => resolve(`${response.statusCode} ${text.includes('"done":true') ? "whole" : "cut"}`);
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      response.once("close", done);
    });
    request.once("error", (error) => resolve(error.message));
    request.end(JSON.stringify({ model: "llama3", messages: [{ role: "user", content: "tokens=4 delay=10" }] }));
  });
}

test("while a service on a held socket restarts, no connection is refused and no request is lost", async () => {
  const upstream = await startUpstream();
  // Its folder, state and keys; the process itself is started by the holder below.
  const gateway = await startGateway(upstream.url);
  await gateway.stop();
  const holder = spawn(
    "python3",
    [HOLDER, process.execPath, MAIN, "gateway", "--config", join(gateway.folder, "gateway.yaml")],
    {
      stdio: ["pipe", "pipe", "pipe"],
      cwd: gateway.folder,
    },
  );
  try {
    const lines = createInterface({ input: holder.stdout })[Symbol.asyncIterator]();
    const next = async (word: string): Promise<number> => {
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error(`the holder ended before ${word}`);
        const [said, number] = value.split(" ");
        if (said === word) return Number(number);
      }
    };
    const port = await next("port");
    const start = async (): Promise<number> => {
      holder.stdin.write("start\n");
      return next("pid");
    };
    let pid = await start();
    let isOver = false;
    const statuses: string[] = [];
    const client = async (): Promise<void> => {
      while (!isOver) statuses.push(await chat(port, gateway.keys["user"]?.secret ?? ""));
    };
    const clients = Array.from({ length: 8 }, client);
    const served = async (more: number): Promise<void> => {
      const before = statuses.length;
      while (statuses.length < before + more) await wait(10);
    };
    for (let restarts = 0; restarts < 3; restarts += 1) {
      await served(40);
      process.kill(pid, "SIGTERM");
      expect(await next("ended")).toBe(pid);
      pid = await start();
    }
    await served(40);
    isOver = true;
    await Promise.all(clients);
    process.kill(pid, "SIGTERM");
    await next("ended");
    expect(new Set(statuses)).toEqual(new Set(["200 whole"]));
  } finally {
    holder.kill();
    await gateway.remove();
    await upstream.stop();
  }
}, 120_000);

const serviceSchema = z.object({
  image: z.string(),
  ports: z.array(z.string()).optional(),
  networks: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() }).loose()),
});

test("the compose file fits the published schema", async () => {
  const args = ["-f", join(DEPLOY, "compose/compose.yaml"), "--profile", "pull", "config", "--quiet"];
  expect(await run("docker-compose", args)).toEqual({ stdout: "", stderr: "" });
});

test("in the compose file nobody reaches the model server but the gateway, and it reaches nobody", async () => {
  const { services, networks } = composeSchema.parse(
    parse(await readFile(join(DEPLOY, "compose/compose.yaml"), "utf8")),
  );
  const on = (name: string): readonly string[] => {
    const of = services[name]?.networks ?? [];
    return Array.isArray(of) ? of : Object.keys(of);
  };
  expect(on("ollama")).toEqual(["models"]);
  expect(networks["models"]?.internal).toBe(true);
  expect(Object.keys(services).filter((name) => on(name).includes("models"))).toEqual(["ollama", "gateway"]);
  const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
    ports.map((port) => `${name} ${port}`),
  );
  expect(published).toEqual(["caddy 443:443"]);
  const foreign = Object.values(services).flatMap(({ image }) => (image === "corral-gateway" ? [] : [image]));
  expect(new Set(foreign)).toEqual(new Set(["ollama/ollama:0.32.5", "caddy:2.10-alpine"]));
  for (const name of ["gateway", "caddy"]) {
    const { read_only, cap_drop, security_opt } = services[name] ?? {};
    expect([read_only, cap_drop, security_opt]).toEqual([true, ["ALL"], ["no-new-privileges:true"]]);
  }
});

test("the configuration in the compose folder is valid, and its proxy is the one of the compose file", async () => {
  const text = await readFile(join(DEPLOY, "compose/gateway.yaml"), "utf8");
  const config = parseGateway(text, "gateway.yaml", { ids: Object.keys(MODEL_ROUTES) });
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  const compose = parse(await readFile(join(DEPLOY, "compose/compose.yaml"), "utf8")) as {
    readonly services: Record<string, { readonly networks: Record<string, { readonly ipv4_address: string }> }>;
  };
  const address = (name: string): string | undefined => compose.services[name]?.networks["front"]?.ipv4_address;
  expect(config.value.listen.behind).toEqual([`${address("caddy")}/32`]);
  expect(config.value.listen.address).toBe(address("gateway"));
  const caddyfile = await readFile(join(DEPLOY, "compose/Caddyfile"), "utf8");
  expect(caddyfile).toContain(`reverse_proxy ${address("gateway")}:${config.value.listen.port} {`);
});

test("the Caddyfile of the compose folder is that of deploy/caddy but for the gateway's address", async () => {
  const strip = (text: string): string => text.slice(text.indexOf("\n{\n")).replaceAll(/#.*/gu, "");
  const alone = await readFile(join(DEPLOY, "caddy/Caddyfile"), "utf8");
  const composed = await readFile(join(DEPLOY, "compose/Caddyfile"), "utf8");
  expect(strip(composed).replace("172.30.111.3:11435", "127.0.0.1:11435")).toBe(strip(alone));
});
