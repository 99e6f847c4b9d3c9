/** How late this process hears of anything: a timeout seen while it is late says nothing about the other side. */
export interface EventLoopLag {
  /** The lag in milliseconds that 99 of 100 turns of the last five seconds stayed under. */
  p99Ms(): number;
  /** The worst lag in milliseconds of the last `spanMs` milliseconds, a turn still overdue included. Looks back 60 s at most. */
  worstMs(spanMs: number): number;
  /** Stops measuring. */
  stop(): void;
}
