import { above, allOf, at, equal, uint, value } from "../../model/file-sign.ts";
import type { FileSign } from "../../model/file-sign.ts";
import { FIRST_VERSION } from "./first-version.ts";
import { ORDINARY_FILES } from "./ordinary-files.ts";
import { ascii, ggufSample, joined, little, textSample } from "./sample.ts";

const VERSION = value(4);
/** Version 1 to 3 in a big-endian file, read as little-endian. */
const BIG_ENDIAN = [0x0100_0000, 0x0200_0000, 0x0300_0000] as const;

/** A header in which readers go ways that nobody tried. */
export const GGUF_UNKNOWN_VERSION: FileSign = {
  id: "gguf-unknown-version",
  title: "A GGUF file has a version that does not exist",
  hypothesis:
    "GGUF has the versions 1 to 3. Another number makes readers guess which layout holds, old ones take every number above 1 for the newest; tools that look for bad models may skip what they do not know while the server still loads it.",
  severity: "medium",
  ...FIRST_VERSION,
  ids: ["AML.T0010.003"],
  references: ["https://github.com/ggml-org/ggml/blob/master/docs/gguf.md"],
  falsePositives: ["A version that is newer than this sign."],
  blindTo: ["What stands behind the version."],
  texts: {
    magic: { kind: "text", text: "GGUF" },
    prose: { kind: "pattern", pattern: "GGUF[\\t\\n\\r -~]{4}" },
  },
  condition: allOf(
    at("magic", 0),
    above({ kind: "size" }, value(23)),
    {
      kind: "any",
      of: [equal(uint(4, VERSION), value(0)), above(uint(4, VERSION), value(3))],
    },
    ...BIG_ENDIAN.map((one) => ({ kind: "not", of: equal(uint(4, VERSION), value(one)) }) as const),
    // Text: four printable letters make no version.
    { kind: "not", of: at("prose", 0) },
  ),
  matches: [
    ggufSample("version 0", { version: 0 }),
    ggufSample("version 4", { version: 4 }),
    ggufSample("version 99", { version: 99 }),
    ggufSample("version 2^31", { version: 0x8000_0000 }),
    ggufSample("all bits set", { version: 0xffff_ffff }),
    ggufSample("version 3 with a bit above", { version: 0x0001_0003 }),
  ],
  lookalikes: [
    ggufSample("version 1", { version: 1 }),
    ggufSample("version 2", { version: 2 }),
    ggufSample("version 3", { version: 3 }),
    ...[1, 2, 3].map((version) => ({
      title: `version ${version}, big-endian`,
      bytes: () => joined([ascii("GGUF"), Uint8Array.of(0, 0, 0, version), new Uint8Array(64)]),
    })),
    textSample("a text that begins so", "GGUF is a format for models of llama.cpp."),
    textSample("a heading that begins so", "GGUF\n====\nVersion 99 is what nobody has written yet."),
    { title: "older magic", bytes: () => joined([ascii("ggjt"), little(4, 99n), new Uint8Array(64)]) },
    { title: "a header that is cut in its version", bytes: () => ascii("GGUF\u0063\u0000") },
    { title: "the magic further on", bytes: () => joined([new Uint8Array(8), ascii("GGUF"), little(4, 99n)]) },
    ...ORDINARY_FILES,
  ],
};
