/** A process whose clock runs this late refuses new requests … */
const SHED_FROM_MS = 60;
/** … until it runs less late than this. */
const SHED_UNTIL_MS = 20;
/** Requests begun between two rings that make lateness the process's own: a busy machine alone refuses nobody. */
const OWN_REQUESTS = 32;

/** Tells from how late a timer rings whether a process has more to do than it can: what has begun goes on, new requests wait no longer. */
export class Overload {
  #isShedding = false;
  #begun = 0;

  /** A request has come, taken or refused. */
  begun(): void {
    this.#begun += 1;
  }

  /** @param lateMs - how much later than asked a timer rang. */
  rang(lateMs: number): void {
    if (lateMs >= SHED_FROM_MS && this.#begun >= OWN_REQUESTS) this.#isShedding = true;
    else if (lateMs <= SHED_UNTIL_MS || this.#begun < OWN_REQUESTS) this.#isShedding = false;
    this.#begun = 0;
  }

  get isShedding(): boolean {
    return this.#isShedding;
  }
}
