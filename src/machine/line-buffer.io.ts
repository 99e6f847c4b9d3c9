const FIRST_BYTES = 256 * 1024;
/** UTF-8 bytes that one UTF-16 unit takes at most. */
const MOST_BYTES_A_UNIT = 3;

/** Lines on their way to a file, as bytes. */
export interface LineBuffer {
  /** Adds a line and its end. */
  add(line: string): void;
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
  const makeRoom = (bytes: number): void => {
    if (size + bytes <= filling.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * filling.length, size + bytes));
    filling.copy(larger, 0, 0, size);
    filling = larger;
  };
  return {
    add(line) {
      makeRoom(line.length * MOST_BYTES_A_UNIT + 1);
      size += filling.write(line, size);
      filling[size] = 0x0a;
      size += 1;
    },
    get sizeBytes() {
      return size;
    },
    take() {
      const bytes = filling.subarray(0, size);
      [filling, taken] = [taken, filling];
      size = 0;
      return bytes;
    },
  };
}
