import { Socket } from "node:net";

/**
 * Preloaded into a process (`node --import`): blocks its event loop for `BLOCK_MS` right after every 16th connection was asked for, so
 * that connects and answers lie unheard while deadlines pass.
 */
const blockMs = Number(process.env["BLOCK_MS"] ?? 0);
const EVERY = 16;

if (blockMs > 0) {
  const connect: unknown = Reflect.get(Socket.prototype, "connect");
  let connects = 0;
  const connectAndBlock = function (this: Socket, ...args: unknown[]): unknown {
    const result: unknown = typeof connect === "function" ? Reflect.apply(connect, this, args) : null;
    connects += 1;
    const until = performance.now() + (connects % EVERY === 0 ? blockMs : 0);
    while (performance.now() < until);
    return result;
  };
  Reflect.set(Socket.prototype, "connect", connectAndBlock);
}
