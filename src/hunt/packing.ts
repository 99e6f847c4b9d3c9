/** How a file's bytes are packed; `evtx` is a Windows event log, which has records in place of lines. */
export type Packing = "plain" | "gz" | "zst" | "evtx";
