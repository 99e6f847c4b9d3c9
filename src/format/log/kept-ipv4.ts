import { formatIpv4 } from "../../model/address.ts";

const SLOTS = 16_384;
const DOT = 46;
const ZERO = 48;
const NONE = "";

/** Reads dotted IPv4 addresses out of bytes and remembers their texts by number; nothing grows. */
export class KeptIpv4 {
  /** Index behind the address that {@link from} read last. */
  end = 0;
  readonly #values = new Uint32Array(SLOTS);
  readonly #texts: string[] = Array<string>(SLOTS).fill(NONE);

  /**
   * The address that begins at `at` in its canonical text: four decimal octets without leading zeros, up to the first other byte.
   *
   * @returns An empty text when none stands there.
   */
  from(bytes: Uint8Array, at: number, to: number): string {
    let value = 0;
    let octet = -1;
    let dots = 0;
    let index = at;
    for (; index < to; index += 1) {
      const byte = bytes[index]!;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) {
        if (octet === 0) return NONE;
        octet = octet === -1 ? digit : octet * 10 + digit;
        if (octet > 255) return NONE;
      } else if (byte === DOT && octet !== -1) {
        value = (value << 8) | octet;
        octet = -1;
        dots += 1;
      } else break;
    }
    if (dots !== 3 || octet === -1) return NONE;
    this.end = index;
    return this.#textOf(((value << 8) | octet) >>> 0);
  }

  #textOf(value: number): string {
    const slot = (Math.imul(value, 0x9e37_79b1) >>> 18) & (SLOTS - 1);
    const known = this.#texts[slot]!;
    if (known !== NONE && this.#values[slot] === value) return known;
    const text = formatIpv4(value);
    this.#values[slot] = value;
    this.#texts[slot] = text;
    return text;
  }
}
