import { parsePrefix } from "../../src/model/prefix.ts";

/** A value of a record: texts, whole numbers, and maps of them. */
export type MmdbValue = string | number | { readonly [key: string]: MmdbValue };

/** How a file is written: MaxMind DB file format 2.0. */
export interface MmdbShape {
  readonly recordSize: 24 | 28 | 32;
  readonly ipVersion: 4 | 6;
  /** Seconds since 1970. */
  readonly builtAt: number;
}

const SEPARATOR = Buffer.alloc(16);
const MARKER = Buffer.from("abcdef4d61784d696e642e636f6d", "hex");

/** Writes a small MMDB file: prefixes and what they belong to. IPv4 lies at `::/96` of an IPv6 tree. */
export function mmdbFile(rows: readonly (readonly [string, MmdbValue])[], shape: MmdbShape): Buffer {
  const nodes: [number, number][] = [[-1, -1]]; // -1 nothing, else a node, or -2 - offset of a record
  const records: Buffer[] = [];
  let offset = 0;
  for (const [text, value] of rows) {
    const record = encoded(value);
    put(nodes, text, shape.ipVersion, -2 - offset);
    records.push(record);
    offset += record.length;
  }
  const pointer = (side: number): number => {
    if (side === -1) return nodes.length;
    return side >= 0 ? side : nodes.length + SEPARATOR.length + (-2 - side);
  };
  const tree = nodes.map(([left, right]) => node(pointer(left), pointer(right), shape.recordSize));
  const about = encoded({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: shape.builtAt,
    database_type: "Test",
    ip_version: shape.ipVersion,
    node_count: nodes.length,
    record_size: shape.recordSize,
  });
  return Buffer.concat([...tree, SEPARATOR, ...records, MARKER, about]);
}

function put(nodes: [number, number][], text: string, ipVersion: 4 | 6, leaf: number): void {
  const prefix = parsePrefix(text);
  if (!prefix.ok) throw new TypeError(prefix.error);
  const { family, first, length } = prefix.value;
  const bits = ipVersion === 4 ? 32 : 128;
  const deep = family === 4 && ipVersion === 6 ? length + 96 : length;
  let at = 0;
  for (let depth = 0; depth < deep; depth += 1) {
    const side = Number((BigInt(first) >> BigInt(bits - depth - 1)) & 1n);
    if (depth === deep - 1) {
      nodes[at]![side] = leaf;
      return;
    }
    if (nodes[at]![side]! < 0) nodes[at]![side] = nodes.push([-1, -1]) - 1;
    at = nodes[at]![side]!;
  }
}

function node(left: number, right: number, recordSize: 24 | 28 | 32): Buffer {
  const bytes = Buffer.alloc(recordSize / 4);
  if (recordSize === 28) {
    bytes.writeUIntBE(left & 0xff_ffff, 0, 3);
    bytes[3] = ((left >>> 24) << 4) | (right >>> 24);
    bytes.writeUIntBE(right & 0xff_ffff, 4, 3);
    return bytes;
  }
  bytes.writeUIntBE(left, 0, recordSize / 8);
  bytes.writeUIntBE(right, recordSize / 8, recordSize / 8);
  return bytes;
}

/** Type 2 text, 6 unsigned 32 bits, 7 map. A size from 29 to 284 takes one more byte; maps here are smaller. */
function encoded(value: MmdbValue): Buffer {
  if (typeof value === "number") {
    const bytes = Buffer.alloc(5);
    bytes[0] = (6 << 5) | 4;
    bytes.writeUInt32BE(value, 1);
    return bytes;
  }
  if (typeof value === "string") {
    const text = Buffer.from(value, "utf8");
    const size = text.length < 29 ? [(2 << 5) | text.length] : [(2 << 5) | 29, text.length - 29];
    return Buffer.concat([Buffer.from(size), text]);
  }
  const fields = Object.entries(value);
  return Buffer.concat([
    Buffer.from([(7 << 5) | fields.length]),
    ...fields.flatMap(([key, inner]) => [encoded(key), encoded(inner)]),
  ]);
}
