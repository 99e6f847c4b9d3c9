import { formatIpv6, parseAddress } from "../../model/address.ts";

/** How much somebody has guessed. */
export interface GuessLevel {
  /** The address, of IPv6 the first of its /64. */
  readonly place: string;
  /** Failures that still counted at that moment; they wear off at the allowed rate. */
  readonly level: number;
  readonly atMs: number;
}

/** Addresses remembered at once; the one that failed longest ago is forgotten first. */
const MOST_GUESSERS = 20_000;
const MINUTE_MS = 60_000;
/** The longest that a 401 is held back. */
const MOST_DELAY_MS = 2000;
/** Share of the allowed failures that costs nothing: people mistype. */
const FREE_SHARE = 0.25;

/** Slows guessing down: failures of one address (IPv6: one /64) first delay its 401, then it is not heard for a while. Only that address is touched. */
export class GuessBrake {
  readonly #perMinute: number;
  readonly #guessers = new Map<string, GuessLevel>();
  readonly #tell: (address: string) => void;

  /**
   * @param perMinute - Failures a minute that one address may have.
   * @param tell - Told each failure, so that other processes count it too.
   */
  constructor(perMinute: number, tell: (address: string) => void = () => undefined) {
    this.#perMinute = perMinute;
    this.#tell = tell;
  }

  /** Seconds that an address is not heard from now on; 0 = it is heard. */
  deafSeconds(address: string, nowMs: number): number {
    if (this.#guessers.size === 0) return 0;
    const guesser = this.#guessers.get(placeOf(address));
    if (guesser === undefined) return 0;
    const over = this.#levelAt(guesser, nowMs) - (this.#perMinute - 1);
    return over <= 0 ? 0 : Math.ceil((over / this.#perMinute) * 60);
  }

  /** Counts a failure; @returns milliseconds to hold the 401 back. */
  failed(address: string, nowMs: number): number {
    const place = placeOf(address);
    const before = this.#guessers.get(place);
    const level = (before === undefined ? 0 : this.#levelAt(before, nowMs)) + 1;
    this.#remember({ place, level, atMs: nowMs });
    this.#tell(address);
    const free = this.#perMinute * FREE_SHARE;
    const share = (level - free) / (this.#perMinute - free);
    return Math.round(Math.min(1, Math.max(0, share)) * MOST_DELAY_MS);
  }

  /** How much the place of an address has guessed; `null` when nothing is known. */
  levelOf(address: string): GuessLevel | null {
    return this.#guessers.get(placeOf(address)) ?? null;
  }

  /** All that is remembered, for a process that begins. */
  levels(): readonly GuessLevel[] {
    return [...this.#guessers.values()];
  }

  /** Takes what other processes counted where it is more. */
  learn(levels: readonly GuessLevel[], nowMs: number): void {
    for (const told of levels) {
      const known = this.#guessers.get(told.place);
      if (known === undefined || this.#levelAt(known, nowMs) < this.#levelAt(told, nowMs)) this.#remember(told);
    }
  }

  /** Addresses remembered now. */
  get size(): number {
    return this.#guessers.size;
  }

  #remember(level: GuessLevel): void {
    this.#guessers.delete(level.place);
    if (this.#guessers.size >= MOST_GUESSERS) this.#forgetOldest();
    this.#guessers.set(level.place, level);
  }

  /** A clock that goes back wears nothing off. */
  #levelAt(guesser: GuessLevel, nowMs: number): number {
    const worn = (Math.max(0, nowMs - guesser.atMs) / MINUTE_MS) * this.#perMinute;
    return Math.max(0, guesser.level - worn);
  }

  #forgetOldest(): void {
    const oldest = this.#guessers.keys().next();
    if (oldest.done !== true) this.#guessers.delete(oldest.value);
  }
}

/** One IPv4 address, or the /64 of an IPv6 one: whoever has one address of it has all. */
function placeOf(address: string): string {
  const read = address.includes(":") ? parseAddress(address) : null;
  return read?.family === 6 ? formatIpv6((read.value >> 64n) << 64n) : address;
}
