import { parseAddress } from "../model/address.ts";

/** The /24 or /48 of an address, as a key. */
export function networkText(address: string): string {
  const parsed = parseAddress(address);
  if (parsed === null) return address;
  return parsed.family === 4 ? `4:${parsed.value >>> 8}` : `6:${parsed.value >> 80n}`;
}
