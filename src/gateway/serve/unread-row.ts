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
/** Rows at once, after which there is one a second: whoever sends garbage does not fill the disk. */
const MOST_AT_ONCE = 10;
const EVERY_MS = 1000;

/** Decides which of many rows of one kind are written; the others are answered all the same. */
export class RowDrip {
  #left = MOST_AT_ONCE;
  #sinceMs = 0;

  /** Whether one may be written now; `nowMs` is of a clock that never jumps. */
  take(nowMs: number): boolean {
    const earned = Math.floor((nowMs - this.#sinceMs) / EVERY_MS);
    if (earned > 0) {
      this.#left = Math.min(MOST_AT_ONCE, this.#left + earned);
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
