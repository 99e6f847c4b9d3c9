const HEADER_BYTES = 4096;
const CHUNK_BYTES = 65_536;

/** Cuts the bytes of an EVTX file into its chunks of 64 KiB, behind the header of 4 KiB. */
export class EvtxCutter {
  #rest: Uint8Array = new Uint8Array(0);
  #offset = 0;

  /** @param take - gets each whole chunk and its offset in the file. */
  cut(bytes: Uint8Array, take: (chunk: Uint8Array, offset: number) => void): void {
    let all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const size = this.#offset === 0 ? HEADER_BYTES : CHUNK_BYTES;
      if (all.length < size) break;
      if (this.#offset > 0) take(all.subarray(0, size), this.#offset);
      this.#offset += size;
      all = all.subarray(size);
    }
    this.#rest = all.slice();
  }

  /** What is left when the file ends: a chunk that was cut short. */
  rest(take: (chunk: Uint8Array, offset: number) => void): void {
    if (this.#rest.length > 0 && this.#offset > 0) take(this.#rest, this.#offset);
  }
}
