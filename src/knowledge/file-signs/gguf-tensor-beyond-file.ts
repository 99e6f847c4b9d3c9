import { above, allOf, anyOf, at, equal, plus, PLACE, SIZE, times, uint, value } from "../../model/file-sign.ts";
import type { FileCondition, FileNumber, FileSign } from "../../model/file-sign.ts";
import { FIRST_VERSION } from "./first-version.ts";
import { ascii, ggufSample, HONEST_TENSOR, textSample } from "./sample.ts";
import { ORDINARY_FILES } from "./ordinary-files.ts";

/** Bytes of `.weight`, with which names of tensors end. */
const SUFFIX = 7;
/** Above this a number of the header is more than any disk holds, and products of two stay within 63 bits. */
const HUGE = 1_000_000_000;

const after = (bytes: number): FileNumber => plus(PLACE, value(SUFFIX + bytes));

/** The offset of a tensor with so many dimensions: behind their count, themselves and the type. */
function offsetBeyond(dimensions: number): FileCondition {
  const offset = after(4 + dimensions * 8 + 4);
  return allOf(
    equal(uint(4, after(0)), value(dimensions)),
    anyOf(above(uint(4, plus(offset, value(4))), value(0x00ff_ffff)), above(uint(8, offset), SIZE)),
  );
}

/** F32 and F16, of which every element has whole bytes: the elements need more than the file has. */
function elementsBeyond(type: 0 | 1): FileCondition {
  const [first, second] = [uint(8, after(4)), uint(8, after(12))] as const;
  return allOf(
    equal(uint(4, after(0)), value(2)),
    equal(uint(4, after(20)), value(type)),
    anyOf(
      above(first, value(HUGE)),
      above(second, value(HUGE)),
      above(times(times(first, second), value(type === 0 ? 4 : 2)), SIZE),
    ),
  );
}

function lineBeyond(type: 0 | 1): FileCondition {
  return allOf(
    equal(uint(4, after(0)), value(1)),
    equal(uint(4, after(12)), value(type)),
    anyOf(above(uint(8, after(4)), value(HUGE)), above(times(uint(8, after(4)), value(type === 0 ? 4 : 2)), SIZE)),
  );
}

/** The file by which memory is read out of a server that makes a model of it. */
export const GGUF_TENSOR_BEYOND_FILE: FileSign = {
  id: "gguf-tensor-beyond-file",
  title: "A GGUF file lists a tensor that lies beyond its end",
  hypothesis:
    "The header says that a tensor begins or reaches beyond the file. Ollama before 0.17.1 reads that far when it makes a model of the file, so that memory of the server becomes part of the model (CVE-2026-7482). A download that broke off looks the same.",
  severity: "high",
  ...FIRST_VERSION,
  ids: ["T1190", "AML.T0010.003"],
  references: ["https://www.sentinelone.com/vulnerability-database/cve-2026-7482/"],
  falsePositives: ["A download that broke off.", "The first part of a model that was cut into several files by bytes."],
  blindTo: [
    "Tensors whose names do not end in `.weight`.",
    "Quantized types that are too long while they begin inside.",
    "Offsets that are right but for the header's own length: the rule compares with the whole file.",
  ],
  texts: { magic: { kind: "text", text: "GGUF" }, weight: { kind: "text", text: ".weight" } },
  condition: allOf(at("magic", 0), {
    kind: "anywhere",
    name: "weight",
    where: anyOf(
      offsetBeyond(1),
      offsetBeyond(2),
      offsetBeyond(3),
      offsetBeyond(4),
      elementsBeyond(0),
      elementsBeyond(1),
      lineBeyond(0),
      lineBeyond(1),
    ),
  }),
  matches: [
    ggufSample("an offset a megabyte beyond", { tensors: [{ ...HONEST_TENSOR, offset: 1_048_576n }] }),
    ggufSample("an offset of 2^40", { tensors: [{ ...HONEST_TENSOR, offset: 1n << 40n }] }),
    ggufSample("an offset with the highest bit", { tensors: [{ ...HONEST_TENSOR, offset: 1n << 63n }] }),
    ggufSample("F16 elements for a gigabyte", {
      tensors: [{ ...HONEST_TENSOR, type: 1, dimensions: [65_536n, 8192n] }],
    }),
    ggufSample("F32 in one line, too long", { tensors: [{ ...HONEST_TENSOR, dimensions: [1_000_000n] }] }),
    ggufSample("a dimension of 2^62", { tensors: [{ ...HONEST_TENSOR, dimensions: [1n << 62n, 4n] }] }),
    ggufSample("the second tensor of two", {
      tensors: [HONEST_TENSOR, { ...HONEST_TENSOR, name: "output.weight", dimensions: [2n, 2n, 2n], offset: 99_999n }],
    }),
  ],
  lookalikes: [
    ggufSample("an honest file", {}),
    ggufSample("two tensors, one behind the other", {
      tensors: [HONEST_TENSOR, { ...HONEST_TENSOR, name: "output.weight", offset: 512n }],
    }),
    ggufSample("three dimensions", { tensors: [{ ...HONEST_TENSOR, dimensions: [4n, 4n, 4n] }] }),
    ggufSample("quantized", { tensors: [{ ...HONEST_TENSOR, type: 8 }] }),
    ggufSample("F16", { tensors: [{ ...HONEST_TENSOR, type: 1 }] }),
    ggufSample("one line of numbers", { tensors: [{ ...HONEST_TENSOR, dimensions: [128n] }] }),
    ggufSample("version 2", { version: 2 }),
    ggufSample("a pair that speaks of .weight", { pairs: [["general.description", "the .weight of words is small"]] }),
    ggufSample("no tensors: vocabulary alone", { tensors: [] }),
    textSample("text about offsets of .weight", "GGUF? blk.0.attn_q.weight has offset 99999999"),
    {
      title: "such a header that is no GGUF",
      bytes: () => ascii("GGML.weight\u0001\u0000\u0000\u0000\u00ff\u00ff\u00ff\u00ff"),
    },
    ...ORDINARY_FILES,
  ],
};
