import type { AuthorityPort, FromAuthority, ToAuthority, WorkerPort } from "../../../src/gateway/quota/gate.ts";

/** Both ends of a line inside one process. */
export interface LocalLine {
  readonly toAuthority: AuthorityPort;
  readonly toWorker: WorkerPort;
}

/**
 * Joins a gate and an authority in one process.
 *
 * @param later - Runs work after the present turn, in order; messages never arrive inside `post`.
 */
export function localLine(later: (work: () => void) => void): LocalLine {
  let takeFrom: (message: FromAuthority) => void = () => undefined;
  let takeTo: (message: ToAuthority) => void = () => undefined;
  return {
    toAuthority: {
      post: (message) => later(() => takeTo(message)),
      listen: (take) => (takeFrom = take),
    },
    toWorker: {
      post: (message) => later(() => takeFrom(message)),
      listen: (take) => (takeTo = take),
    },
  };
}
