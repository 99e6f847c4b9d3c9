import type { RequestFault } from "../../format/request-stream.ts";
import type { RecordRow } from "../record/record-row.ts";

/** What came on a connection and was no request that could be read. */
export type UnreadFault = RequestFault | "late";

const TOLD: Readonly<Record<UnreadFault, readonly [status: number, reason: string]>> = {
  "bad-request": [400, "malformed"],
  "head-too-long": [431, "head-too-long"],
  "unknown-expectation": [417, "unknown-expectation"],
  late: [408, "head-too-late"],
};
/** How fast rows of one kind may be written: so many at once, then one every so many milliseconds. */
export interface DripRate {
  readonly atOnce: number;
  readonly everyMs: number;
}

/** Whoever sends garbage does not fill the disk. */
export const GARBAGE: DripRate = { atOnce: 10, everyMs: 1000 };
/** Nor does whoever asks without a key. */
export const STRANGERS: DripRate = { atOnce: 1000, everyMs: 50 };

/** Decides which of many rows of one kind are written; the others are answered all the same. */
export class RowDrip {
  readonly #rate: DripRate;
  #left: number;
  #sinceMs = 0;

  constructor(rate: DripRate) {
    this.#rate = rate;
    this.#left = rate.atOnce;
  }

  /** Whether one may be written now; `nowMs` is of a clock that never jumps. */
  take(nowMs: number): boolean {
    const { atOnce, everyMs } = this.#rate;
    const earned = Math.floor((nowMs - this.#sinceMs) / everyMs);
    if (earned > 0) {
      this.#left = Math.min(atOnce, this.#left + earned);
      this.#sinceMs = nowMs;
    }
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }
}

/** The row of something that was no request: of it nothing is kept but where it came from. */
export function unreadRow(id: string, at: string, address: string, fault: UnreadFault): RecordRow {
  const [status, reason] = TOLD[fault];
  return {
    at,
    id,
    key: null,
    owner: null,
    role: null,
    address,
    method: "",
    route: null,
    path: "",
    model: null,
    decision: "denied",
    reason,
    status,
    promptTokens: null,
    answerTokens: null,
    counted: "none",
    bytesIn: 0,
    bytesOut: 0,
    waitMs: 0,
    firstByteMs: null,
    durationMs: 0,
    promptDigest: null,
    ended: "refused",
  };
}
