/** What the search tree of an MMDB file is laid out by (MaxMind DB file format 2.0, "Binary Search Tree Section"). */
export interface MmdbTree {
  readonly nodeCount: number;
  /** Bits of one record: 24, 28 or 32. */
  readonly recordSize: number;
  readonly ipVersion: number;
}

export type LeafRange =
  | { readonly family: 4; readonly first: number; readonly last: number }
  | { readonly family: 6; readonly first: bigint; readonly last: bigint };

const IPV4_BITS = 32;
const IPV6_BITS = 128;
const IPV4_END = 1n << 32n;

/**
 * Visits every network of a file with the number of its record, in order of addresses. A node is entered once: the copies of the IPv4 space that a
 * tree may hold (`2002::/16`, `::ffff:0:0/96`) are passed over, and a broken file that points back at itself ends.
 */
export function eachMmdbLeaf(bytes: Buffer, tree: MmdbTree, visit: (record: number, range: LeafRange) => void): void {
  const { nodeCount, ipVersion } = tree;
  const bits = ipVersion === 4 ? IPV4_BITS : IPV6_BITS;
  const entered = new Uint8Array(nodeCount);
  const waiting: { readonly node: number; readonly prefix: bigint; readonly depth: number }[] = [
    { node: 0, prefix: 0n, depth: 0 },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, prefix, depth } = next;
    if (node > nodeCount) visit(node, rangeOf(prefix, depth, bits));
    if (node >= nodeCount || depth >= bits || entered[node] === 1) continue;
    entered[node] = 1;
    const one = 1n << BigInt(bits - depth - 1);
    waiting.push({ node: recordOf(bytes, tree, node, 1), prefix: prefix | one, depth: depth + 1 });
    waiting.push({ node: recordOf(bytes, tree, node, 0), prefix, depth: depth + 1 });
  }
}

function rangeOf(first: bigint, depth: number, bits: number): LeafRange {
  const last = first + (1n << BigInt(bits - depth)) - 1n;
  if (last < IPV4_END) return { family: 4, first: Number(first), last: Number(last) };
  return { family: 6, first, last };
}

/** One record of a node; what lies beyond the file reads as "nothing here". */
function recordOf(bytes: Buffer, { nodeCount, recordSize }: MmdbTree, node: number, side: 0 | 1): number {
  const at = (node * recordSize) / 4;
  if (at + recordSize / 4 > bytes.length) return nodeCount;
  switch (recordSize) {
    case 24:
      return bytes.readUIntBE(at + 3 * side, 3);
    case 28: {
      const middle = bytes[at + 3]!;
      return side === 0
        ? ((middle & 0xf0) << 20) | bytes.readUIntBE(at, 3)
        : ((middle & 0x0f) << 24) | bytes.readUIntBE(at + 4, 3);
    }
    default:
      return bytes.readUInt32BE(at + 4 * side);
  }
}
