/** A moment that somebody waits for. Moving it later costs nothing; it may only move later once added. */
export interface Deadline {
  /** Milliseconds on the wheel's clock. */
  dueMs: number;
  onDue: (nowMs: number) => void;
}

const nothing = (): void => undefined;

/** A deadline that fires once and is over. */
export function onceAt(dueMs: number, run: (nowMs: number) => void): Deadline {
  const deadline: Deadline = {
    dueMs,
    onDue: (nowMs) => {
      callOff(deadline);
      run(nowMs);
    },
  };
  return deadline;
}

/** Ends a deadline and lets go of whoever waited: its slot may come by much later. */
export function callOff(deadline: Deadline): void {
  deadline.dueMs = Infinity;
  deadline.onDue = nothing;
}

/** Many deadlines on one coarse timer: each waits in a slot and is looked at when the slot comes by. */
export interface DeadlineWheel {
  add(deadline: Deadline): void;
  /** Fires what is due up to `nowMs`, late by at most one slot. */
  advance(nowMs: number): void;
}

const SLOTS = 256;

/**
 * Makes a wheel of 256 slots.
 *
 * @param slotMs - Width of a slot; deadlines beyond the wheel's round wait in its last slot and move on from there.
 */
export function createDeadlineWheel(slotMs: number, startMs: number): DeadlineWheel {
  const slots: Deadline[][] = Array.from({ length: SLOTS }, () => []);
  let tick = Math.floor(startMs / slotMs);
  const add = (deadline: Deadline): void => {
    const due = Math.ceil(deadline.dueMs / slotMs);
    const ahead = Math.min(Math.max(due - tick, 1), SLOTS - 1);
    slots[(tick + ahead) % SLOTS]?.push(deadline);
  };
  const visit = (nowMs: number): void => {
    const index = tick % SLOTS;
    const waiting = slots[index] ?? [];
    if (waiting.length === 0) return;
    slots[index] = [];
    for (const deadline of waiting) {
      if (deadline.dueMs <= nowMs) deadline.onDue(nowMs);
      if (deadline.dueMs !== Infinity) add(deadline);
    }
  };
  return {
    add,
    advance: (nowMs) => {
      const until = Math.floor(nowMs / slotMs);
      while (tick < until) {
        tick += 1;
        visit(nowMs);
      }
    },
  };
}
