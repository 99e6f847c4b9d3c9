import { StringDecoder } from "node:string_decoder";
import sax from "sax";
import { withoutMark } from "../format/json-layout.ts";
import type { RecordPiece } from "../format/record-piece.ts";
import type { XmlElement, XmlRecord } from "../format/xml-element.ts";
import { fail, ok } from "../model/result.ts";
import type { ByteSource } from "./packed-bytes.io.ts";

/** Elements one record may hold: every TCP port with a service and more. */
const MAX_ELEMENTS = 300_000;
const MAX_DEPTH = 32;
/** Characters of one attribute; beyond them the parser stops. Scripts of nmap write long ones. */
const MAX_TEXT = 1_048_576;
Object.assign(sax, { MAX_BUFFER_LENGTH: MAX_TEXT });

/**
 * The children of a root that bear a name, as trees, in batches. A DOCTYPE is passed over, no entity but XML's own five is known, and
 * nothing outside of the file is opened. At another root, and at the first thing that is not XML, the reading ends with one problem.
 * Throws the source's complaint while the elements are read.
 */
export async function* xmlElements(
  source: ByteSource,
  names: ElementNames,
  maxBytes: number,
): AsyncGenerator<readonly RecordPiece[]> {
  const reading = new XmlReading(names, maxBytes);
  const decoder = new StringDecoder("utf8");
  let isFirst = true;
  for await (const chunk of source.chunks) {
    yield reading.read(decoder.write(Buffer.from(isFirst ? withoutMark(chunk) : chunk)), chunk.length);
    isFirst = false;
  }
  yield reading.end();
}

/** What the root must be called, and those of its children that are wanted. */
export interface ElementNames {
  readonly root: string;
  readonly child: string;
}

interface Open extends XmlElement {
  readonly children: XmlElement[];
}

/** Owns the parser and the tree under way. */
class XmlReading {
  readonly #parser: sax.SAXParser;
  readonly #names: ElementNames;
  readonly #maxBytes: number;
  #pieces: RecordPiece[] = [];
  #root: Open | null = null;
  #stack: Open[] = [];
  /** Depth below the root; elements too deep or too many are counted, not kept. */
  #depth = 0;
  #line = 0;
  #elements = 0;
  #bytes = 0;
  #isOver = false;
  #isBlank = true;

  constructor(names: ElementNames, maxBytes: number) {
    this.#names = names;
    this.#maxBytes = maxBytes;
    this.#parser = sax.parser(true, { position: true });
    this.#parser.onopentag = (tag) => this.#open(tag.name, tag.attributes);
    this.#parser.onclosetag = () => this.#close();
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the parser of sax has no other way
    this.#parser.onerror = (error) => this.#stop(`${reasonOf(error)}; what follows was not read`);
  }

  read(text: string, bytes: number): readonly RecordPiece[] {
    this.#bytes += bytes;
    this.#isBlank &&= text.trim() === "";
    if (!this.#isOver) this.#parser.write(text);
    if (!this.#isOver && this.#bytes > this.#maxBytes) {
      if (this.#stack.length > 0) this.#stop(`is longer than ${this.#maxBytes} bytes; what follows was not read`);
      else this.#bytes = 0;
    }
    return this.#take();
  }

  end(): readonly RecordPiece[] {
    const isWhole = this.#isBlank || (this.#root !== null && this.#depth === 0);
    if (!this.#isOver && !isWhole) this.#stop("ends before its end");
    return this.#take();
  }

  #take(): readonly RecordPiece[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #open(name: string, attributes: Readonly<Record<string, unknown>>): void {
    if (this.#isOver) return;
    this.#depth += 1;
    const element: Open = { name, attributes: textsOf(attributes), children: [] };
    if (this.#root === null) {
      if (name !== this.#names.root) this.#stop(`has another root than ${this.#names.root}`);
      this.#root = element;
      return;
    }
    if (this.#depth === 2 && name === this.#names.child) {
      this.#stack = [element];
      this.#line = this.#parser.line + 1;
      this.#elements = 1;
      this.#bytes = 0;
      return;
    }
    const parent = this.#stack.at(-1);
    if (parent === undefined) return;
    this.#elements += 1;
    if (this.#elements > MAX_ELEMENTS || this.#depth > MAX_DEPTH || this.#stack.length !== this.#depth - 2) return;
    parent.children.push(element);
    this.#stack.push(element);
  }

  #close(): void {
    if (this.#isOver) return;
    if (this.#stack.length === this.#depth - 1) {
      const element = this.#stack.pop();
      if (this.#depth === 2 && element !== undefined && this.#root !== null) this.#give(this.#root, element);
    }
    this.#depth -= 1;
  }

  #give(root: Open, element: XmlElement): void {
    const tooMany = this.#elements > MAX_ELEMENTS;
    const value: XmlRecord = { root, element };
    this.#pieces.push({
      line: this.#line,
      value: tooMany ? fail({ field: "", reason: `holds more than ${MAX_ELEMENTS} elements` }) : ok(value),
    });
  }

  #stop(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stack = [];
    this.#pieces.push({ line: this.#parser.line + 1, value: fail({ field: "", reason }) });
  }
}

/** The parser's own words hold pieces of the file, so they are not shown. */
function reasonOf(error: Error): string {
  const isLong = error.message.startsWith("Max buffer length exceeded");
  return isLong ? `holds a text longer than ${MAX_TEXT} characters` : "is not well-formed XML";
}

function textsOf(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(attributes).filter((one): one is [string, string] => typeof one[1] === "string");
  return Object.fromEntries(texts);
}
