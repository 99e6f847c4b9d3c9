import type { Socket } from "node:net";
import { release } from "./read-body.io.ts";

/** How long, and how many bytes, a client whose answer is out may go on sending. */
const LINGER_MS = 2000;
const LINGER_BYTES = 16 * 1024 * 1024;
/** Connections that linger at once; one beyond that is closed at once. */
const MOST_LINGERING = 256;
let lingering = 0;

/**
 * Ends a connection whose client may still be sending: what comes is read and dropped for a while. A connection that is closed with bytes
 * unread is reset, and a reset takes from the client the answer that it has not read yet.
 */
export function closeLingering(socket: Socket): void {
  if (socket.destroyed) return;
  socket.removeAllListeners("data");
  if (lingering >= MOST_LINGERING) {
    socket.destroySoon();
    return;
  }
  lingering += 1;
  let left = LINGER_BYTES;
  socket.on("data", (bytes: Buffer) => {
    left -= bytes.length;
    release(bytes);
    if (left <= 0) socket.destroy();
  });
  const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once("close", () => {
    clearTimeout(timer);
    lingering -= 1;
  });
  socket.end();
  socket.resume();
}
