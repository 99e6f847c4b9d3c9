import type { FileSign } from "../../model/file-sign.ts";
import { AGENT_APPROVES_ALL } from "./agent-approves-all.ts";
import { GGUF_COUNTS_BEYOND_FILE } from "./gguf-counts-beyond-file.ts";
import { GGUF_TENSOR_BEYOND_FILE } from "./gguf-tensor-beyond-file.ts";
import { GGUF_UNKNOWN_VERSION } from "./gguf-unknown-version.ts";
import { MANIFEST_LEAVES_STORE } from "./manifest-leaves-store.ts";
import { MODELFILE_READS_SYSTEM_FILE } from "./modelfile-reads-system-file.ts";
import { PICKLE_RUNS_PROGRAM } from "./pickle-runs-program.ts";
import { TEMPLATE_HIDDEN_CHARACTERS } from "./template-hidden-characters.ts";
import { TEMPLATE_HIDDEN_INSTRUCTION } from "./template-hidden-instruction.ts";
import { TEMPLATE_WALKS_INTO_PYTHON } from "./template-walks-into-python.ts";

/** Every sign of files, in the order in which rules are printed. */
export const FILE_SIGNS: readonly FileSign[] = [
  GGUF_TENSOR_BEYOND_FILE,
  GGUF_COUNTS_BEYOND_FILE,
  GGUF_UNKNOWN_VERSION,
  TEMPLATE_WALKS_INTO_PYTHON,
  TEMPLATE_HIDDEN_CHARACTERS,
  TEMPLATE_HIDDEN_INSTRUCTION,
  MODELFILE_READS_SYSTEM_FILE,
  MANIFEST_LEAVES_STORE,
  PICKLE_RUNS_PROGRAM,
  AGENT_APPROVES_ALL,
];
