import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Socket } from "node:net";

/** Listens with the smallest backlog and never accepts: it blocks its own event loop once it has told its port. */
const LISTENER = `
  const server = require("node:net").createServer();
  server.listen({ host: process.argv[1], port: Number(process.argv[2]), backlog: 1 }, () => {
    process.stdout.write(server.address().port + "\\n", () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;
/** More connections than such a backlog holds; the kernel drops every further SYN. */
const FILLERS = 4;

/** An address and port whose SYNs are dropped. */
export async function startBlackHole(
  address: string,
  port: number,
): Promise<{ readonly address: string; readonly port: number; close(): Promise<void> }> {
  const child = spawn(process.execPath, ["-e", LISTENER, address, String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [told] = (await once(child.stdout, "data")) as [Buffer];
  const bound = Number(told.toString().trim());
  const fillers = Array.from({ length: FILLERS }, () => fill(address, bound));
  await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    address,
    port: bound,
    close: async () => {
      for (const filler of fillers) filler.destroy();
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

function fill(host: string, port: number): Socket {
  const socket = connect({ host, port });
  socket.on("error", () => socket.destroy());
  return socket;
}

/** A port of the address on which nobody listens (now). */
export async function freePort(address: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ host: address, port: 0 }, resolve));
  const bound = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof bound === "object" && bound !== null ? bound.port : 1;
}
