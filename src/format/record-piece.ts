import type { Result } from "../model/result.ts";
import type { FieldProblem } from "./shape.ts";

/** One record of a file, parsed as far as its framing goes: a JSON value, the fields of a row, an element, the text of a line. */
export interface RecordPiece {
  /** Line it begins on, from 1. */
  readonly line: number;
  readonly value: Result<unknown, FieldProblem>;
}
