import type { Forward } from "./forward.ts";

/** Connections to one upstream. */
export interface Upstream {
  readonly forward: Forward;
  close(): Promise<void>;
}
