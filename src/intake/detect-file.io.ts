import { openBytes } from "../machine/packed-bytes.io.ts";
import { peekBytes } from "../machine/peeked-bytes.io.ts";
import type { Terminal } from "../model/command.ts";
import { Complaint, EXIT, type ExitCode, type Problem } from "../model/complaint.ts";
import { DETECT_BYTES, detectFormat, EMPTY_HINT, isBlank } from "./detect-format.ts";
import { IMPORT_FORMATS, type ImportFormatName } from "./import-format.ts";
import { shownPath } from "./report-words.ts";

/** What a file is, and standard input to be read from its beginning again. */
export interface DetectedFile {
  readonly format: ImportFormatName;
  readonly stdin: () => AsyncIterable<Uint8Array>;
}

/**
 * Tells a file's format by its first bytes, unpacked; throws a {@link Complaint} when they are of none, may be of several, or cannot be
 * unpacked.
 */
export async function detectFile(path: string, stdin: () => AsyncIterable<Uint8Array>): Promise<DetectedFile> {
  const packed = path === "-" ? await headOfStdin(stdin) : null;
  const seen = packed === null ? stdin : () => headAlone(packed);
  const { source, head, failure } = await peekBytes(await openBytes(path, { stdin: seen }), DETECT_BYTES);
  await source.chunks[Symbol.asyncIterator]().return?.();
  const [format, ...others] = detectFormat(Buffer.from(head).toString("utf8"));
  if (format === undefined && failure !== null && failure.error !== HEAD_ENDS) throw failure.error;
  if (format === undefined) throw untold(source.place, head);
  if (others.length > 0) {
    const candidates = [format, ...others].join(", ");
    throw new Complaint(
      [{ place: source.place, message: `may be any of ${candidates}` }],
      "name the format: corral import FORMAT FILE",
    );
  }
  return { format, stdin: packed === null ? stdin : () => replay(packed.head, packed.rest) };
}

function untold(place: string, head: Uint8Array): Complaint {
  if (head.length < DETECT_BYTES && isBlank(head)) return new Complaint([{ place, message: "is empty" }], EMPTY_HINT);
  return new Complaint([{ place, message: UNKNOWN }], HINT);
}

const UNKNOWN = `begins like none of ${Object.keys(IMPORT_FORMATS).join(", ")}`;
const HINT = "name the format if it is one of these: corral import FORMAT FILE";

/** Tells the format of each file and reads no further. */
export async function runDetect(files: readonly string[], isJson: boolean, terminal: Terminal): Promise<ExitCode> {
  const found: { readonly file: string; readonly format: ImportFormatName }[] = [];
  const problems: Problem[] = [];
  const hints = new Set<string>();
  for (const file of files) {
    try {
      const { format } = await detectFile(file, () => terminal.input());
      found.push({ file: file === "-" ? "standard input" : file, format });
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      problems.push(...error.problems);
      if (error.hint !== null) hints.add(error.hint);
    }
  }
  const words = found
    .map(({ file, format }) => `${shownPath(file)}: ${format} (${IMPORT_FORMATS[format].describe})\n`)
    .join("");
  await terminal.out(isJson ? `${JSON.stringify({ files: found, problems })}\n` : words);
  const exit = found.length === 0 ? EXIT.usage : EXIT.incomplete;
  if (problems.length > 0) throw new Complaint(problems, hints.size === 0 ? null : [...hints].join("; "), exit);
  return EXIT.fine;
}

interface StdinHead {
  readonly head: readonly Uint8Array[];
  /** There is nothing behind it. */
  readonly isWhole: boolean;
  readonly rest: AsyncIterator<Uint8Array>;
}

async function headOfStdin(stdin: () => AsyncIterable<Uint8Array>): Promise<StdinHead> {
  const rest = stdin()[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let isWhole = false;
  for (let size = 0; size < DETECT_BYTES && !isWhole;) {
    const next = await rest.next();
    if (next.done === true) isWhole = true;
    else {
      head.push(next.value);
      size += next.value.length;
    }
  }
  return { head, isWhole, rest };
}

/** Ends the head of a longer input: that it cannot be unpacked any further is no fault of the input. */
const HEAD_ENDS = new Complaint([{ place: "standard input", message: "goes on" }]);

async function* headAlone({ head, isWhole }: StdinHead): AsyncGenerator<Uint8Array> {
  yield* head;
  if (!isWhole) throw HEAD_ENDS;
}

async function* replay(head: readonly Uint8Array[], rest?: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    if (rest !== undefined)
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest?.return?.();
  }
}
