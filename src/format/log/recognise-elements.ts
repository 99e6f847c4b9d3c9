import { jsonElements } from "./json-elements.ts";

/** What tells that objects of JSON are those of a log. */
export interface ElementSigns {
  /** Fields that hold the objects as a list. */
  readonly lists: readonly string[];
  readonly isMine: (value: unknown) => boolean;
  /** Texts that all stand in an object too long for the sample. */
  readonly marks: readonly string[];
}

/** A file whose first object does not end within the sample is less sure than any whose rows were read. */
const HALF = 0.5;

/** The share of a file's first objects that are those of a log; for `LogGrammar.recognise`. */
export function recogniseElements(rows: readonly string[], { lists, isMine, marks }: ElementSigns): number {
  const cutter = jsonElements(lists);
  let all = 0;
  let mine = 0;
  const taker = {
    element: (value: unknown) => {
      all += 1;
      if (isMine(value)) mine += 1;
    },
    broken: () => {
      all += 1;
    },
  };
  for (const [index, text] of rows.entries()) if (text !== "") cutter.row({ line: index + 1, offset: 0, text }, taker);
  if (all > 0) return mine / all;
  const pending = cutter.pending();
  return pending !== "" && marks.every((mark) => pending.includes(mark)) ? HALF : 0;
}
