import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { readHostNetwork } from "./listening-sockets.io.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(host: string): Promise<AddressInfo> {
  const server = createServer();
  servers.push(server);
  server.listen({ host, port: 0, ipv6Only: false });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return address;
}

test("sees what really listens on this machine, where and only while it does", async () => {
  const [one, two, six] = [await listen("127.0.0.1"), await listen("127.1.2.3"), await listen("::1")];
  const { sockets, interfaces } = await readHostNetwork();
  expect(sockets).toEqual(
    expect.arrayContaining([
      { address: "127.0.0.1", port: one.port },
      { address: "127.1.2.3", port: two.port },
      { address: "::1", port: six.port },
    ]),
  );
  expect(interfaces).toEqual(
    expect.arrayContaining([expect.objectContaining({ address: "127.0.0.1", prefixLength: 8 })]),
  );
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
  const after = await readHostNetwork();
  expect(after.sockets?.filter(({ address, port }) => address === "127.1.2.3" && port === two.port)).toEqual([]);
});
