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

interface Queue<Item> {
  readonly key: string;
  readonly items: Item[];
  readyAtMs: number;
}

/** An empty room for `most` items; who puts more in is not stopped, but asks `isFull` first. */
export function createWaitingRoom<Item>(most: number): WaitingRoom<Item> {
  const queues = new Map<string, Queue<Item>>();
  const heap: Queue<Item>[] = [];
  let size = 0;

  function put(item: Item, hold: Hold, nowMs: number): void {
    size += 1;
    const queue = queues.get(hold.key);
    if (queue !== undefined) {
      queue.items.push(item);
      return;
    }
    const fresh = { key: hold.key, items: [item], readyAtMs: nowMs + hold.waitMs };
    queues.set(hold.key, fresh);
    push(heap, fresh);
  }

  /** Looks at the head of one queue that is due: hands it out, leaves it waiting, or moves it to the limit that holds it now. */
  function settle(queue: Queue<Item>, nowMs: number, holdOf: (item: Item) => Hold | null): Item | null {
    const [head] = queue.items;
    const hold = head === undefined ? null : holdOf(head);
    if (hold?.key === queue.key) {
      queue.readyAtMs = nowMs + hold.waitMs;
      push(heap, queue);
      return null;
    }
    queue.items.shift();
    size -= 1;
    if (queue.items.length > 0) push(heap, queue);
    else queues.delete(queue.key);
    if (head === undefined || hold === null) return head ?? null;
    put(head, hold, nowMs);
    return null;
  }

  return {
    get size() {
      return size;
    },
    get isFull() {
      return size >= most;
    },
    put,
    takeReady(nowMs, holdOf) {
      for (let first = heap[0]; first !== undefined && first.readyAtMs <= nowMs; first = heap[0]) {
        pop(heap);
        const item = settle(first, nowMs, holdOf);
        if (item !== null) return item;
      }
      return null;
    },
    nextReadyMs: () => heap[0]?.readyAtMs ?? Infinity,
    *items() {
      for (const queue of queues.values()) yield* queue.items;
    },
  };
}

type Timed = { readonly readyAtMs: number };

function push<Entry extends Timed>(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || above.readyAtMs <= entry.readyAtMs) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = entry;
}

function pop<Entry extends Timed>(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const right = left + 1;
    const least = readyAt(heap[right]) < readyAt(heap[left]) ? right : left;
    const child = heap[least];
    if (child === undefined || child.readyAtMs >= last.readyAtMs) break;
    heap[at] = child;
    at = least;
  }
  heap[at] = last;
}

function readyAt(entry: Timed | undefined): number {
  return entry?.readyAtMs ?? Infinity;
}
