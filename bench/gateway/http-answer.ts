/** What a reader of answers tells. */
export interface AnswerHearer {
  /** One HTTP chunk, or what came at once of a body with a length. */
  chunk(text: string): void;
  /** The answer is whole. */
  end(status: number): void;
}

type Part = "head" | "size" | "chunk" | "body" | "trailer";

/** Reads answers off a connection, one after another, and keeps apart what came in different HTTP chunks. */
export class AnswerReader {
  readonly #hearer: AnswerHearer;
  #text = "";
  #part: Part = "head";
  #status = 0;
  /** Bytes that the chunk or the body still lacks. */
  #left = 0;

  constructor(hearer: AnswerHearer) {
    this.#hearer = hearer;
  }

  /** Takes what arrived. */
  read(bytes: Buffer): void {
    this.#text += bytes.toString("latin1");
    while (this.#step());
  }

  #step(): boolean {
    switch (this.#part) {
      case "head":
        return this.#head();
      case "size":
        return this.#size();
      case "chunk":
        return this.#chunk();
      case "body":
        return this.#body();
      case "trailer":
        return this.#trailer();
    }
  }

  #head(): boolean {
    const end = this.#text.indexOf("\r\n\r\n");
    if (end < 0) return false;
    const head = this.#text.slice(0, end).toLowerCase();
    this.#text = this.#text.slice(end + 4);
    this.#status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/u.exec(head)?.[1];
    this.#left = Number(length ?? 0);
    this.#part = length === undefined ? "size" : "body";
    if (length === "0") this.#end();
    return true;
  }

  #size(): boolean {
    const end = this.#text.indexOf("\r\n");
    if (end < 0) return false;
    this.#left = Number.parseInt(this.#text.slice(0, end), 16);
    this.#text = this.#text.slice(end + 2);
    this.#part = this.#left === 0 ? "trailer" : "chunk";
    return true;
  }

  #chunk(): boolean {
    if (this.#text.length < this.#left + 2) return false;
    const chunk = this.#text.slice(0, this.#left);
    this.#text = this.#text.slice(this.#left + 2);
    this.#part = "size";
    this.#hearer.chunk(chunk);
    return true;
  }

  #body(): boolean {
    if (this.#text.length < this.#left) return false;
    this.#hearer.chunk(this.#text.slice(0, this.#left));
    this.#text = this.#text.slice(this.#left);
    this.#end();
    return true;
  }

  #trailer(): boolean {
    if (this.#text.length < 2) return false;
    this.#text = this.#text.slice(2);
    this.#end();
    return true;
  }

  #end(): void {
    this.#part = "head";
    this.#hearer.end(this.#status);
  }
}
