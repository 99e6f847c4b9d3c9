import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ensureLocalCertificate } from "../../../src/gateway/tls/local-ca.io.ts";
import { freePort } from "../../support/free-port.ts";

const DEPLOY = join(import.meta.dirname, "../../../deploy");
const START_TRIES = 400;

/** A proxy of deploy/ before a gateway, with that very file but for ports, certificate and log. */
export interface Proxy {
  readonly port: number;
  /** PEM of the authority that its certificate is of. */
  readonly ca: string;
  /** Everything that it wrote: its output and its logs. */
  written(): Promise<string>;
  stop(): Promise<void>;
}

interface Certificate {
  readonly folder: string;
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** The names of the proxies, for tables of tests. */
export const PROXIES = { nginx: startNginx, caddy: startCaddy } as const;

async function startNginx(gateway: URL): Promise<Proxy> {
  const made = await makeCertificate();
  const { folder } = made;
  const port = await freePort();
  const site = await recipe("nginx/corral-gateway.conf", {
    "127.0.0.1:11435": gateway.host,
    "listen 443 ssl": `listen 127.0.0.1:${port} ssl`,
    "/etc/ssl/gateway.example.org.pem": made.certificate,
    "/etc/ssl/gateway.example.org.key": made.key,
    "/var/log/nginx/corral-gateway.log": join(folder, "site.log"),
  });
  await writeFile(join(folder, "site.conf"), site);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const lines = [
    "daemon off; worker_processes 1; events { worker_connections 512; }",
    process.getuid?.() === 0 ? "user root;" : "",
    `pid ${join(folder, "pid")}; error_log ${join(folder, "main.log")};`,
    `http { ${temporary.join(" ")} include ${join(folder, "site.conf")}; }`,
  ];
  await writeFile(join(folder, "nginx.conf"), lines.join("\n"));
  return run(made, port, "nginx", ["-p", folder, "-c", join(folder, "nginx.conf")]);
}

async function startCaddy(gateway: URL): Promise<Proxy> {
  const made = await makeCertificate();
  const port = await freePort();
  const site = await recipe("caddy/Caddyfile", {
    "127.0.0.1:11435": gateway.host,
    "gateway.example.org {": `https://localhost:${port} {\n\tbind 127.0.0.1\n\ttls ${made.certificate} ${made.key}`,
  });
  await writeFile(join(made.folder, "Caddyfile"), site);
  return run(made, port, "caddy", ["run", "--config", join(made.folder, "Caddyfile"), "--adapter", "caddyfile"]);
}

/** A file of deploy/ with some places replaced, each of which it must name exactly once. */
async function recipe(name: string, places: Readonly<Record<string, string>>): Promise<string> {
  let text = await readFile(join(DEPLOY, name), "utf8");
  for (const [from, to] of Object.entries(places)) {
    const parts = text.split(from);
    if (parts.length !== 2) throw new Error(`${name} names ${from} ${parts.length - 1} times`);
    text = parts.join(to);
  }
  return text;
}

async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), "corral-proxy-"));
  const made = await ensureLocalCertificate(folder, ["localhost", "127.0.0.1"], Date.now());
  const certificate = join(folder, "site.pem");
  const key = join(folder, "site.key");
  await writeFile(certificate, made.certificate);
  await writeFile(key, made.key, { mode: 0o600 });
  return { folder, ca: await readFile(made.authorityFile, "utf8"), certificate, key };
}

async function run(made: Certificate, port: number, program: string, args: readonly string[]): Promise<Proxy> {
  const { folder, ca } = made;
  await mkdir(join(folder, "home"));
  const home = join(folder, "home");
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", (error) => {
      said += error.message;
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  if (!(await isListening(port, child))) {
    await stop();
    throw new Error(`${program} did not start: ${said}`);
  }
  const written = async (): Promise<string> => {
    const logs = (await readdir(folder)).filter((name) => name.endsWith(".log"));
    const texts = await Promise.all(logs.map((name) => readFile(join(folder, name), "utf8")));
    return [said, ...texts].join("\n");
  };
  return { port, ca, written, stop };
}

async function isListening(port: number, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < START_TRIES && child.exitCode === null; tries += 1) {
    const answers = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
    if (answers) return true;
    await wait(25);
  }
  return false;
}
