import type { FromAuthority, ToAuthority, WorkerPort } from "../quota/gate.ts";

/** The authority's end of the line to one worker. */
export function workerPort(
  send: (messages: readonly FromAuthority[]) => void,
): WorkerPort & { hear(messages: readonly ToAuthority[]): void } {
  const takers: ((message: ToAuthority) => void)[] = [];
  return {
    post: (message) => send([message]),
    listen: (take) => void takers.push(take),
    hear: (messages) => {
      for (const message of messages) for (const take of takers) take(message);
    },
  };
}
