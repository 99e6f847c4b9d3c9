import { popFirst, pushTimed } from "./timed-heap.ts";
import type { Timed } from "./timed-heap.ts";

/** What keeps an item from going now: the limit it waits for, by name, and for how long at least. */
export interface Hold {
  readonly key: string;
  readonly waitMs: number;
}

/** Items put aside until a limit lets them go: first come, first served per limit, the earliest limit first. */
export interface WaitingRoom<Item> {
  readonly size: number;
  readonly isFull: boolean;
  put(item: Item, hold: Hold, nowMs: number): void;
  /** The next item that nothing holds any more; asks `holdOf` again, for others may have gone through the same limit. */
  takeReady(nowMs: number, holdOf: (item: Item) => Hold | null): Item | null;
  /** When it is worth looking again; `Infinity` when nobody waits. */
  nextReadyMs(): number;
  items(): Iterable<Item>;
}

interface Queue<Item> extends Timed {
  readonly key: string;
  readonly items: Item[];
}

interface Room<Item> {
  readonly queues: Map<string, Queue<Item>>;
  /** Each queue once, the one that is due first in front. */
  readonly heap: Queue<Item>[];
  size: number;
}

/** An empty room for `most` items; who puts more in is not stopped, but asks `isFull` first. */
export function createWaitingRoom<Item>(most: number): WaitingRoom<Item> {
  const room: Room<Item> = { queues: new Map(), heap: [], size: 0 };
  return {
    get size() {
      return room.size;
    },
    get isFull() {
      return room.size >= most;
    },
    put(item, hold, nowMs) {
      put(room, item, hold, nowMs);
    },
    takeReady(nowMs, holdOf) {
      for (let [first] = room.heap; first !== undefined && first.readyAtMs <= nowMs; [first] = room.heap) {
        popFirst(room.heap);
        const item = settle(room, first, nowMs, holdOf);
        if (item !== null) return item;
      }
      return null;
    },
    nextReadyMs: () => room.heap[0]?.readyAtMs ?? Infinity,
    *items() {
      for (const queue of room.queues.values()) yield* queue.items;
    },
  };
}

function put<Item>(room: Room<Item>, item: Item, hold: Hold, nowMs: number): void {
  room.size += 1;
  const queue = room.queues.get(hold.key);
  if (queue !== undefined) {
    queue.items.push(item);
    return;
  }
  const fresh = { key: hold.key, items: [item], readyAtMs: nowMs + hold.waitMs };
  room.queues.set(hold.key, fresh);
  pushTimed(room.heap, fresh);
}

/** Looks at the head of one queue that is due: hands it out, leaves it waiting, or moves it to the limit that holds it now. */
function settle<Item>(
  room: Room<Item>,
  queue: Queue<Item>,
  nowMs: number,
  holdOf: (item: Item) => Hold | null,
): Item | null {
  const [head] = queue.items;
  const hold = head === undefined ? null : holdOf(head);
  if (hold?.key === queue.key) {
    queue.readyAtMs = nowMs + hold.waitMs;
    pushTimed(room.heap, queue);
    return null;
  }
  queue.items.shift();
  room.size -= 1;
  if (queue.items.length > 0) pushTimed(room.heap, queue);
  else room.queues.delete(queue.key);
  if (head === undefined || hold === null) return head ?? null;
  put(room, head, hold, nowMs);
  return null;
}
