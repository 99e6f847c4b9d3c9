import { crc32 } from "node:zlib";

/** An event for a Windows event log that a test writes. */
export interface EvtxEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly provider: string;
  readonly channel: string;
  readonly eventId: number;
  readonly computer?: string;
  readonly data: Readonly<Record<string, EvtxValue>>;
  /** Instead of `EventData`: the element inside of `UserData`. */
  readonly userElement?: string;
}

/** A value with the kind that a template of Windows gives it. */
export type EvtxValue =
  | string
  | boolean
  | { readonly u16: number }
  | { readonly u32: number }
  | { readonly u64: number }
  | { readonly hex64: number }
  | { readonly guid: string }
  | { readonly sid: readonly number[] }
  | { readonly strings: readonly string[] };

const CHUNK = 65_536;
const FILETIME_1970_MS = 11_644_473_600_000n;
const NAMESPACE = "http://schemas.microsoft.com/win/2004/08/events/event";

/** Kinds of values (MS-EVEN6 2.2.12), their bytes. */
function encoded(value: EvtxValue): readonly [kind: number, bytes: Buffer] {
  if (typeof value === "string") return [0x01, Buffer.from(value, "utf16le")];
  if (typeof value === "boolean") return [0x0d, u32(value ? 1 : 0)];
  if ("u16" in value) return [0x06, u16(value.u16)];
  if ("u32" in value) return [0x08, u32(value.u32)];
  if ("u64" in value) return [0x0a, u64(BigInt(value.u64))];
  if ("hex64" in value) return [0x15, u64(BigInt(value.hex64))];
  if ("guid" in value) return [0x0f, Buffer.from(value.guid, "hex")];
  if ("sid" in value) {
    const head = Buffer.from([1, value.sid.length, 0, 0, 0, 0, 0, 5]);
    return [0x13, Buffer.concat([head, ...value.sid.map(u32)])];
  }
  return [0x81, Buffer.from(value.strings.map((one) => `${one}\0`).join(""), "utf16le")];
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

function filetime(at: number): Buffer {
  return u64((BigInt(at) + FILETIME_1970_MS) * 10_000n);
}

/** Owns the bytes of one chunk as it is written. */
export class EvtxChunkWriter {
  readonly bytes = Buffer.alloc(CHUNK);
  at = 512;
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<string, number>();
  #lastRecord = 512;
  readonly #first: number;
  #records = 0;

  constructor(first: number) {
    this.#first = first;
  }

  /** `false` = the chunk is full, nothing was written. */
  record(event: EvtxEvent): boolean {
    const saved = { at: this.at, names: new Map(this.#names), templates: new Map(this.#templates) };
    const number = this.#first + this.#records;
    try {
      this.#write(event, number);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.bytes.fill(0, saved.at);
      this.at = saved.at;
      this.#restore(saved);
      return false;
    }
    this.#lastRecord = saved.at;
    this.#records += 1;
    return true;
  }

  get count(): number {
    return this.#records;
  }

  finish(): Buffer {
    const { bytes } = this;
    const last = BigInt(this.#first + this.#records - 1);
    bytes.write("ElfChnk\0", 0, "latin1");
    for (const at of [8, 24]) bytes.writeBigUInt64LE(BigInt(this.#first), at);
    for (const at of [16, 32]) bytes.writeBigUInt64LE(last, at);
    bytes.writeUInt32LE(128, 40);
    bytes.writeUInt32LE(this.#lastRecord, 44);
    bytes.writeUInt32LE(this.at, 48);
    bytes.writeUInt32LE(crc32(bytes.subarray(512, this.at)), 52);
    bytes.writeUInt32LE(crc32(Buffer.concat([bytes.subarray(0, 120), bytes.subarray(128, 512)])), 124);
    return bytes;
  }

  #restore(saved: { readonly names: Map<string, number>; readonly templates: Map<string, number> }): void {
    for (const name of this.#names.keys()) if (!saved.names.has(name)) this.#names.delete(name);
    for (const name of this.#templates.keys()) if (!saved.templates.has(name)) this.#templates.delete(name);
  }

  #put(...parts: readonly Buffer[]): void {
    for (const part of parts) {
      if (this.at + part.length > CHUNK) throw new RangeError("full");
      part.copy(this.bytes, this.at);
      this.at += part.length;
    }
  }

  #byte(...values: readonly number[]): void {
    this.#put(Buffer.from(values));
  }

  /** Room for a size that is known when `write` is done. */
  #sized(write: () => void): void {
    const at = this.at;
    this.#put(u32(0));
    write();
    this.bytes.writeUInt32LE(this.at - at - 4, at);
  }

  #name(name: string): void {
    const known = this.#names.get(name);
    if (known !== undefined) return this.#put(u32(known));
    const offset = this.at + 4;
    let hash = 0;
    for (const code of Buffer.from(name, "utf16le").filter((_, index) => index % 2 === 0))
      hash = (Math.imul(hash, 65_599) + code) >>> 0;
    const bucket = 128 + ((hash & 0xffff) % 64) * 4;
    const next = this.#names.size === 0 ? 0 : this.bytes.readUInt32LE(bucket);
    this.#put(u32(offset), u32(next), u16(hash & 0xffff), u16(name.length), Buffer.from(`${name}\0`, "utf16le"));
    this.bytes.writeUInt32LE(offset, bucket);
    this.#names.set(name, offset);
  }

  #element(name: string, attributes: readonly (readonly [string, () => void])[], content: (() => void) | null): void {
    this.#byte(attributes.length > 0 ? 0x41 : 0x01, 0xff, 0xff);
    this.#sized(() => {
      this.#name(name);
      if (attributes.length > 0)
        this.#sized(() => {
          for (const [index, [attribute, value]] of attributes.entries()) {
            this.#byte(index < attributes.length - 1 ? 0x46 : 0x06);
            this.#name(attribute);
            value();
          }
        });
      if (content === null) this.#byte(0x03);
      else {
        this.#byte(0x02);
        content();
        this.#byte(0x04);
      }
    });
  }

  #text(text: string): void {
    this.#byte(0x05, 0x01);
    this.#put(u16(text.length), Buffer.from(text, "utf16le"));
  }

  #place(index: number, kind: number): () => void {
    return () => {
      this.#byte(0x0e);
      this.#put(u16(index));
      this.#byte(kind);
    };
  }

  /** A template's use: its definition stands inside of the first one. */
  #template(key: string, define: () => void, values: readonly (readonly [kind: number, write: () => void])[]): void {
    const known = this.#templates.get(key);
    const id = crc32(Buffer.from(key));
    this.#byte(0x0c, 0x01);
    this.#put(u32(id));
    const offset = known ?? this.at + 4;
    this.#put(u32(offset));
    if (known === undefined) {
      const bucket = 384 + (id % 32) * 4;
      this.#put(u32(this.bytes.readUInt32LE(bucket)), u32(id), Buffer.alloc(12, 0x5a));
      this.bytes.writeUInt32LE(offset, bucket);
      this.#templates.set(key, offset);
      this.#sized(() => {
        this.#byte(0x0f, 1, 1, 0);
        define();
        this.#byte(0x00);
      });
    }
    this.#put(u32(values.length));
    const table = this.at;
    this.#put(Buffer.alloc(values.length * 4));
    for (const [index, [kind, write]] of values.entries()) {
      const from = this.at;
      write();
      this.bytes.writeUInt16LE(this.at - from, table + index * 4);
      this.bytes.writeUInt8(kind, table + index * 4 + 2);
    }
  }

  #write(event: EvtxEvent, number: number): void {
    const start = this.at;
    this.#put(u32(0x2a2a), u32(0), u64(BigInt(number)), filetime(event.at));
    this.#byte(0x0f, 1, 1, 0);
    const put = (bytes: Buffer) => () => this.#put(bytes);
    this.#template(`Event of ${event.provider}`, () => this.#eventTemplate(event), [
      [0x06, put(u16(event.eventId))],
      [0x04, put(Buffer.from([4]))],
      [0x15, put(u64(0x8000000000000000n))],
      [0x11, put(filetime(event.at))],
      [0x0a, put(u64(BigInt(number)))],
      [0x08, put(u32(1234))],
      [0x01, put(Buffer.from(event.channel, "utf16le"))],
      [0x01, put(Buffer.from(event.computer ?? "WS7", "utf16le"))],
      [0x13, put(encoded({ sid: [18] })[1])],
      [0x00, () => {}],
      [0x21, () => this.#data(event)],
    ]);
    this.#byte(0x00);
    while ((this.at - start) % 8 !== 4) this.#byte(0x00);
    const size = this.at - start + 4;
    this.#put(u32(size));
    this.bytes.writeUInt32LE(size, start + 4);
  }

  #eventTemplate({ provider }: EvtxEvent): void {
    this.#element("Event", [["xmlns", () => this.#text(NAMESPACE)]], () => {
      this.#element("System", [], () => {
        this.#element("Provider", [["Name", () => this.#text(provider)]], null);
        this.#element("EventID", [], this.#place(0, 0x06));
        this.#element("Level", [], this.#place(1, 0x04));
        this.#element("Keywords", [], this.#place(2, 0x15));
        this.#element("TimeCreated", [["SystemTime", this.#place(3, 0x11)]], null);
        this.#element("EventRecordID", [], this.#place(4, 0x0a));
        this.#element("Correlation", [["ActivityID", this.#place(9, 0x0f)]], null);
        this.#element(
          "Execution",
          [
            ["ProcessID", this.#place(5, 0x08)],
            ["ThreadID", this.#place(5, 0x08)],
          ],
          null,
        );
        this.#element("Channel", [], this.#place(6, 0x01));
        this.#element("Computer", [], this.#place(7, 0x01));
        this.#element("Security", [["UserID", this.#place(8, 0x13)]], null);
      });
      this.#place(10, 0x21)();
    });
  }

  /** The fragment with the event's own fields, in a template of its own. */
  #data({ provider, eventId, data, userElement }: EvtxEvent): void {
    const fields = Object.entries(data);
    const define = (): void => {
      if (userElement === undefined)
        this.#element("EventData", [], () => {
          for (const [index, [name, value]] of fields.entries())
            this.#element("Data", [["Name", () => this.#text(name)]], this.#place(index, encoded(value)[0]));
        });
      else
        this.#element("UserData", [], () => {
          this.#element(userElement, [], () => {
            for (const [index, [name, value]] of fields.entries())
              this.#element(name, [], this.#place(index, encoded(value)[0]));
          });
        });
    };
    this.#byte(0x0f, 1, 1, 0);
    const values = fields.map(([, value]) => {
      const [kind, bytes] = encoded(value);
      return [kind, () => this.#put(bytes)] as const;
    });
    this.#template(`${provider} ${eventId} ${fields.map(([name]) => name).join()}`, define, values);
    this.#byte(0x00);
  }
}
