import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** A program that listens until it is stopped. */
export interface Running {
  stop(): Promise<void>;
}

async function takes(host: string, port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function begun(child: ChildProcess, host: string, port: number): Promise<Running> {
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  for (let attempt = 0; attempt < 400 && child.exitCode === null; attempt += 1) {
    if (await takes(host, port)) return { stop };
    await wait(25);
  }
  await stop();
  throw new Error(`nothing listens on ${host}:${port}`);
}

/** The real gin, whose access log becomes a file. */
export async function startGin(program: string, host: string, port: number, log: string): Promise<Running> {
  const out = openSync(log, "w");
  const child = spawn(program, [`${host}:${port}`], {
    stdio: ["ignore", out, "inherit"],
    env: { ...process.env, TZ: "UTC" },
  });
  closeSync(out);
  return await begun(child, host, port);
}

const JSON_KEYS = [
  ..."time_iso8601 msec remote_addr remote_port request_method request_uri status body_bytes_sent request_length".split(
    " ",
  ),
  ..."request_time http_user_agent http_origin http_host server_addr server_port".split(" "),
];

/** The real nginx before a server, with its combined log and one in JSON. */
export async function startNginx(folder: string, host: string, port: number, upstream: string): Promise<Running> {
  const at = join(folder, "nginx");
  const rows = JSON_KEYS.map((name) => `"${name}":"$${name}"`).join(",");
  const lines = [
    "daemon off; user root; worker_processes 1; events { worker_connections 2048; }",
    `pid ${at}.pid; error_log ${at}-error.log; http {`,
    ...["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${at}-${name};`),
    `log_format rows escape=json '{${rows}}'; keepalive_requests 100000;`,
    `upstream model { server ${upstream}; keepalive 64; }`,
    `server { listen ${host}:${port}; access_log ${at}-combined.log combined; access_log ${at}-rows.log rows;`,
    'location / { proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection "";',
    "proxy_set_header X-Forwarded-For $remote_addr; } } }",
  ];
  writeFileSync(`${at}.conf`, lines.join("\n"));
  const child = spawn("nginx", ["-p", folder, "-c", `${at}.conf`], { stdio: ["ignore", "ignore", "inherit"] });
  return await begun(child, host, port);
}

/** The real Caddy before a server, with its log in JSON. */
export async function startCaddy(folder: string, host: string, port: number, upstream: string): Promise<Running> {
  const file = join(folder, "Caddyfile");
  const lines = [
    "{\nadmin off\nauto_https off\n}",
    `http://:${port} {\nbind ${host}\nlog {\noutput file ${join(folder, "caddy.log")} {\nroll_disabled\n}\n}`,
    `reverse_proxy ${upstream}\n}`,
  ];
  writeFileSync(file, lines.join("\n"));
  const child = spawn("caddy", ["run", "--config", file, "--adapter", "caddyfile"], {
    stdio: "ignore",
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  return await begun(child, host, port);
}
