/** Something that waits in a queue until it is done or the oldest. */
export interface Queued {
  /** Nothing waits for it any more: the queue forgets it. */
  isDone: boolean;
}

/** Room for what is done before it is swept out. */
const SLACK = 1024;

/**
 * Keeps what waits in the order of its arrival; owns its rows. (The first entry of a `Map` whose first entries are deleted again and again
 * is found the slower the more were.)
 */
export class ArrivalQueue<T extends Queued> {
  #items: T[] = [];
  #head = 0;
  #live = 0;

  /** How many wait. */
  get size(): number {
    return this.#live;
  }

  push(item: T): void {
    if (this.#items.length > 2 * this.#live + SLACK) this.#sweep();
    this.#items.push(item);
    this.#live += 1;
  }

  /** The one that waits longest; `undefined` = none waits. */
  oldest(): T | undefined {
    while (this.#items[this.#head]?.isDone === true) this.#head += 1;
    return this.#items[this.#head];
  }

  /** It waits no more. */
  done(item: T): void {
    if (item.isDone) return;
    item.isDone = true;
    this.#live -= 1;
  }

  #sweep(): void {
    this.#items = this.#items.filter((item) => !item.isDone);
    this.#head = 0;
  }
}
