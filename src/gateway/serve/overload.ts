/** A process whose clock runs this late refuses new requests … */
const SHED_FROM_MS = 60;
/** … until it runs less late than this. */
const SHED_UNTIL_MS = 20;
/** Requests begun between two rings that make lateness the process's own: a busy machine alone refuses nobody. */
const OWN_REQUESTS = 32;
/** Share of the time between two rings that the process must itself have computed: else others kept it waiting. */
const OWN_SHARE = 0.5;
/** Rings in a row that must be late: one is what code costs that runs for the first time. */
const LATE_RINGS = 2;

/** Tells from how late a timer rings whether a process has more to do than it can: what has begun goes on, new requests wait no longer. */
export class Overload {
  #isShedding = false;
  #begun = 0;
  #late = 0;

  /** A request has come, taken or refused. */
  begun(): void {
    this.#begun += 1;
  }

  /**
   * @param lateMs - how much later than asked a timer rang.
   * @param ownShare - of the time since it rang before, how much the process has computed.
   */
  rang(lateMs: number, ownShare: number): void {
    const isLate = lateMs >= SHED_FROM_MS && this.#begun >= OWN_REQUESTS && ownShare >= OWN_SHARE;
    this.#late = isLate ? this.#late + 1 : 0;
    if (this.#late >= LATE_RINGS) this.#isShedding = true;
    else if (lateMs <= SHED_UNTIL_MS || this.#begun < OWN_REQUESTS) this.#isShedding = false;
    this.#begun = 0;
  }

  get isShedding(): boolean {
    return this.#isShedding;
  }
}
