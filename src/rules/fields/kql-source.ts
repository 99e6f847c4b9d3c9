/** Where KQL finds rows of one class. */
export interface KqlSource {
  /** Table or parser, and the lines that make columns of what it keeps. */
  readonly lines: readonly string[];
  /** Column of the time. */
  readonly time: string;
}
