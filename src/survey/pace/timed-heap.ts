/** Something that is due at a moment. */
export interface Timed {
  /** Milliseconds of the monotonic clock; changed only while outside of a heap. */
  readyAtMs: number;
}

/** Puts an entry into a binary heap: an array whose first entry is the earliest. */
export function pushTimed<Entry extends Timed>(heap: Entry[], entry: Entry): void {
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

/** Takes the earliest entry out of a heap. */
export function popFirst(heap: Timed[]): void {
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
