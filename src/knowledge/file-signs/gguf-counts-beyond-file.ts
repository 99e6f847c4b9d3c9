import { above, allOf, anyOf, at, SIZE, times, uint, value } from "../../model/file-sign.ts";
import type { FileSign } from "../../model/file-sign.ts";
import { FIRST_VERSION } from "./first-version.ts";
import { ORDINARY_FILES } from "./ordinary-files.ts";
import { ascii, ggufSample, joined, little, textSample } from "./sample.ts";

const [TENSORS, PAIRS] = [value(8), value(16)] as const;
/** Fewest bytes that a tensor of the header takes: lengths and type of one with an empty name and no dimension. */
const LEAST_TENSOR = value(24);
/** Fewest bytes of a pair: an empty key, its type, one byte. */
const LEAST_PAIR = value(13);
/** Beyond it a product with the least sizes leaves 63 bits. */
const HUGE = value(1_000_000_000_000);

/** A header that makes its reader reserve memory for what cannot be there. */
export const GGUF_COUNTS_BEYOND_FILE: FileSign = {
  id: "gguf-counts-beyond-file",
  title: "A GGUF file announces more tensors or pairs than its bytes can hold",
  hypothesis:
    "The header's two counts say how much a reader reserves before it reads on. Counts that the file is too short for are made to exhaust memory or to overflow, not to describe a model.",
  severity: "high",
  ...FIRST_VERSION,
  ids: ["T1499", "AML.T0029"],
  references: ["https://github.com/ggml-org/ggml/blob/master/docs/gguf.md"],
  falsePositives: ["The first bytes of a file that were cut off to look at its header."],
  blindTo: ["Version 1, whose counts have four bytes.", "Counts in big-endian files.", "Lengths inside of the pairs."],
  texts: { magic: { kind: "text", text: "GGUF" } },
  condition: allOf(
    at("magic", 0),
    above(uint(4, value(4)), value(1)),
    { kind: "below", left: uint(4, value(4)), right: value(16) },
    anyOf(
      above(uint(8, TENSORS), HUGE),
      above(uint(4, value(12)), value(0x7fff_ffff)),
      above(times(uint(8, TENSORS), LEAST_TENSOR), SIZE),
      above(uint(8, PAIRS), HUGE),
      above(uint(4, value(20)), value(0x7fff_ffff)),
      above(times(uint(8, PAIRS), LEAST_PAIR), SIZE),
    ),
  ),
  matches: [
    ggufSample("a billion tensors", { tensorCount: 1_000_000_000n }),
    ggufSample("as many tensors as there are numbers", { tensorCount: (1n << 64n) - 1n }),
    ggufSample("tensors whose bytes overflow", { tensorCount: 1n << 60n }),
    ggufSample("a million pairs", { pairCount: 1_000_000n }),
    ggufSample("pairs with the highest bit", { pairCount: 1n << 63n }),
    ggufSample("version 2", { version: 2, tensorCount: 4_294_967_295n }),
  ],
  lookalikes: [
    ggufSample("an honest file", {}),
    ggufSample("no tensors", { tensors: [] }),
    ggufSample("no pairs", { pairs: [] }),
    ggufSample("twenty pairs", { pairs: Array.from({ length: 20 }, (_, index) => [`general.tag.${index}`, "a"]) }),
    ggufSample("version 1, whose counts stand elsewhere", { version: 1, tensorCount: 1n << 40n }),
    ggufSample("four tensors", {
      tensors: Array.from({ length: 4 }, (_, index) => ({
        name: `blk.${index}.attn_q.weight`,
        dimensions: [8n, 4n],
        type: 0,
        offset: BigInt(index * 128),
      })),
    }),
    textSample("a text that begins so", "GGUF is a format for models; its header has counts of 8 bytes."),
    {
      title: "big-endian, version 3",
      bytes: () => joined([ascii("GGUF"), Uint8Array.of(0, 0, 0, 3), new Uint8Array(7), Uint8Array.of(1)]),
    },
    {
      title: "another magic",
      bytes: () => joined([ascii("GGJT"), little(4, 3n), little(8, 1n << 60n), little(8, 1n << 60n)]),
    },
    { title: "a header that is cut in a count", bytes: () => joined([ascii("GGUF"), little(4, 3n), little(3, 1n)]) },
    ...ORDINARY_FILES,
  ],
};
