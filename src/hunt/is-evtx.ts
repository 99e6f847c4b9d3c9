const MAGIC = "ElfFile\0";

/** Whether bytes are the beginning of a Windows event log. */
export function isEvtx(head: Uint8Array): boolean {
  return (
    head.length >= MAGIC.length && Array.from(MAGIC, (one) => one.charCodeAt(0)).every((code, at) => head[at] === code)
  );
}
