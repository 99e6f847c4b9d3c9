/** Where the authority's clock stands, and the monotonic moment at which it was read. */
export interface SteadyClock {
  readonly atMs: number;
  readonly monoMs: number;
}

/**
 * Moves the clock that windows go by. It follows the machine's, but never steps back: while the machine's clock lies behind (it was
 * set back), this one goes at half speed until they meet. So no window is opened twice, and none lasts for ever.
 *
 * @param wallMs - The machine's clock, milliseconds since 1970.
 * @param monoMs - A clock that only runs forward.
 */
export function advance(clock: SteadyClock, wallMs: number, monoMs: number): SteadyClock {
  const elapsed = Math.max(0, monoMs - clock.monoMs);
  return { atMs: Math.max(wallMs, clock.atMs + elapsed / 2), monoMs };
}
