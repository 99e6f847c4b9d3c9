import { allOf, anyOf, equal, some, uint, value } from "../../model/file-sign.ts";
import type { FileSample, FileSign } from "../../model/file-sign.ts";
import { FIRST_VERSION } from "./first-version.ts";
import { ORDINARY_FILES } from "./ordinary-files.ts";
import { ascii, joined, textSample } from "./sample.ts";

const PROTO = Uint8Array.of(0x80, 0x04);
const ZIP = ascii("PK\u0003\u0004\u0014\u0000\u0000\u0000archive/data.pkl");
const STOP = Uint8Array.of(0x2e);

/** How pickles of the protocols 2 to 5 begin, read as a number. */
const FIRST_TWO = [0x0280, 0x0380, 0x0480, 0x0580] as const;
/** How archives begin, read as a number. */
const ZIP_MARK = 0x0403_4b50;

/** GLOBAL: module and name in lines. */
const byLines = (module: string, name: string): Uint8Array => ascii(`c${module}\n${name}\n`);
/** STACK_GLOBAL: two short texts, each remembered. */
const byStack = (module: string, name: string): Uint8Array =>
  joined([
    Uint8Array.of(0x8c, module.length),
    ascii(module),
    Uint8Array.of(0x94, 0x8c, name.length),
    ascii(name),
    Uint8Array.of(0x94, 0x93),
  ]);
const pickle = (title: string, ...parts: readonly Uint8Array[]): FileSample => ({
  title,
  bytes: () => joined([PROTO, ...parts, STOP]),
});
const archive = (title: string, ...parts: readonly Uint8Array[]): FileSample => ({
  title,
  bytes: () => joined([ZIP, PROTO, ...parts, STOP]),
});

/** A model file that is a program. */
export const PICKLE_RUNS_PROGRAM: FileSign = {
  id: "pickle-runs-program",
  title: "A model file in pickle's format calls what starts programs",
  hypothesis:
    "Checkpoints of torch and scikit-learn are pickles: loading one calls whatever function it names. Weights need functions that build arrays; `os.system`, `subprocess`, `eval` and their like are there to run something on the machine that loads the model.",
  severity: "critical",
  ...FIRST_VERSION,
  ids: ["T1195.002", "T1059.006", "AML.T0010.003"],
  references: ["https://docs.python.org/3/library/pickle.html"],
  falsePositives: ["Samples of tools that look for this."],
  blindTo: ["Checkpoints whose archive is compressed.", "Functions that reach the same by a detour."],
  texts: {
    data: { kind: "text", text: "data.pkl" },
    lines: {
      kind: "pattern",
      pattern:
        "c(os|posix|nt|subprocess|pty|commands)\\n(system|popen|Popen|run|call|check_output|check_call|spawn|execl|execv|execve|posix_spawn)\\n",
    },
    builtin: { kind: "pattern", pattern: "c(builtins|__builtin__)\\n(eval|exec|compile|__import__)\\n" },
    stack: {
      kind: "pattern",
      pattern:
        "\\x8c.(os|posix|nt|subprocess|pty)[\\x94q].{0,2}\\x8c.(system|popen|Popen|run|call|check_output|check_call|spawn|execv|execve|posix_spawn)",
    },
    stackbuiltin: {
      kind: "pattern",
      pattern: "\\x8c.(builtins|__builtin__)[\\x94q].{0,2}\\x8c.(eval|exec|compile|__import__)",
    },
    fetch: {
      kind: "pattern",
      pattern: "c(webbrowser|runpy|importlib|socket)\\n(open|run_path|import_module|create_connection)\\n",
    },
  },
  condition: allOf(
    anyOf(
      ...FIRST_TWO.map((one) => equal(uint(2, value(0)), value(one))),
      allOf(equal(uint(4, value(0)), value(ZIP_MARK)), some(1, "data")),
    ),
    some(1, "lines", "builtin", "stack", "stackbuiltin", "fetch"),
  ),
  matches: [
    pickle("os.system", byLines("os", "system")),
    pickle("posix.system, on the stack", byStack("posix", "system")),
    archive("in a torch checkpoint", byLines("subprocess", "Popen")),
    archive("in a torch checkpoint, on the stack", byStack("builtins", "exec")),
    pickle("eval", byLines("builtins", "eval")),
    pickle("Windows", byLines("nt", "system")),
    pickle("behind honest weights", byLines("torch._utils", "_rebuild_tensor_v2"), byLines("runpy", "run_path")),
  ],
  lookalikes: [
    pickle("weights", byLines("torch._utils", "_rebuild_tensor_v2"), byLines("torch", "FloatStorage")),
    pickle("an array", byLines("numpy.core.multiarray", "_reconstruct"), byLines("numpy", "ndarray")),
    pickle("a dictionary", byStack("collections", "OrderedDict")),
    pickle("paths", byLines("pathlib", "PosixPath")),
    pickle("a name that ends so", byStack("mylib.os", "system_of_units")),
    pickle("os.fspath", byLines("os", "fspath")),
    pickle("an honest builtin", byLines("builtins", "set")),
    archive("bytes of weights", byLines("torch", "HalfStorage"), new Uint8Array(64)),
    textSample("a program that calls it", "import os\nos.system('ls')\n"),
    textSample("a text with the lines", "cos\nsystem\n"),
    {
      title: "an archive without a pickle that speaks of it",
      bytes: () => joined([ascii("PK\u0003\u0004README.md"), byLines("os", "system")]),
    },
    ...ORDINARY_FILES,
  ],
};
