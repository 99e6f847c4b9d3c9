import type { Recorder } from "../record/recorder.io.ts";
import type { Desk } from "./desk.ts";
import { GARBAGE, RowDrip, STRANGERS, unreadRow } from "./unread-row.ts";

/** What is written of what: everything that a known key asks, of the rest so much that nobody fills the disk. */
export function recording(
  recorder: Recorder,
  { elapsed, now, newId }: Pick<Desk, "elapsed" | "now" | "newId">,
): Pick<Desk, "began" | "unread" | "record"> {
  const garbage = new RowDrip(GARBAGE);
  const strangers = new RowDrip(STRANGERS);
  return {
    began: (request) => recorder.began(request),
    unread: (address, fault) => {
      if (garbage.take(elapsed())) recorder.add(unreadRow(newId(), now(), address, fault));
    },
    record: (row, request) => {
      if (row.key !== null || strangers.take(elapsed())) recorder.add(row, request);
      else recorder.count(row, request);
    },
  };
}
