const FIRST_BYTES = 256 * 1024;
/** Characters gathered before they are turned into bytes: lines are short, and each turn costs as much as a thousand characters. */
const GATHERED = 16_384;
/** UTF-8 bytes that one UTF-16 unit takes at most. */
const MOST_BYTES_A_UNIT = 3;

/** Lines on their way to a file, as bytes. */
export interface LineBuffer {
  /** Adds a line and its end. */
  add(line: string): void;
  /** Characters not yet turned into bytes count as one byte each. */
  readonly sizeBytes: number;
  /** Hands over what was added since the last time; the view is valid until the next `take`. */
  take(): Buffer;
}

/**
 * Makes an empty buffer that grows as needed. Bytes outside of the heap: thousands of lines kept as strings until the next write would
 * outlive every collection of young objects, each of which copies them.
 */
export function createLineBuffer(): LineBuffer {
  let filling = Buffer.allocUnsafeSlow(FIRST_BYTES);
  let taken = Buffer.allocUnsafeSlow(FIRST_BYTES);
  let size = 0;
  let gathered = "";
  const makeRoom = (bytes: number): void => {
    if (size + bytes <= filling.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * filling.length, size + bytes));
    filling.copy(larger, 0, 0, size);
    filling = larger;
  };
  const spill = (): void => {
    makeRoom(gathered.length * MOST_BYTES_A_UNIT);
    size += filling.write(gathered, size);
    gathered = "";
  };
  return {
    add(line) {
      gathered += `${line}\n`;
      if (gathered.length >= GATHERED) spill();
    },
    get sizeBytes() {
      return size + gathered.length;
    },
    take() {
      spill();
      const bytes = filling.subarray(0, size);
      [filling, taken] = [taken, filling];
      size = 0;
      return bytes;
    },
  };
}
