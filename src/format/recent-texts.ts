const MOST = 256;
const LONGEST = 2048;

/** Remembers what was made of texts that come again and again; long ones are made anew each time, and nothing is kept for ever. */
export class RecentTexts<Value> {
  readonly #make: (text: string) => Value;
  #known = new Map<string, Value>();

  /** @param make - gives for one text always an equal value. */
  constructor(make: (text: string) => Value) {
    this.#make = make;
  }

  of(text: string): Value {
    if (text.length > LONGEST) return this.#make(text);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST) this.#known = new Map();
    const value = this.#make(text);
    this.#known.set(text, value);
    return value;
  }
}
