import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { FrontResponse } from "./front-response.io.ts";

test("an answer that is all said and not taken is told once as slow, and given up after two minutes", async () => {
  const server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1").pause();
  const [socket] = (await once(server, "connection")) as [Socket];
  // What fills all buffers on the way, so that the answer's last bytes cannot leave.
  while (socket.writableLength < 1 << 20) socket.write(Buffer.alloc(1 << 20));
  const response = new FrontResponse(socket, { isHead: false, isOld: false, keepsAlive: true }, "", () => undefined);
  let slow = 0;
  response.onUntaken(() => (slow += 1));
  response.writeHead(200, ["content-length", "2"]);
  expect([response.isGivenUp(performance.now() + 3_600_000), slow]).toEqual([false, 0]);
  response.end(Buffer.from("ok"));
  const saidMs = performance.now();
  expect([response.isGivenUp(saidMs), slow]).toEqual([false, 0]);
  expect([response.isGivenUp(saidMs + 2000), slow]).toEqual([false, 1]);
  expect([response.isGivenUp(saidMs + 119_000), slow]).toEqual([false, 1]);
  expect([response.isGivenUp(saidMs + 121_000), slow]).toEqual([true, 1]);
  client.destroy();
  socket.destroy();
  server.close();
});
