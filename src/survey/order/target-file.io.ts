import { createTargetListReader } from "../../format/target-list.ts";
import { LONGEST_TARGET } from "../../format/target-line.ts";
import { linesOf } from "../../machine/lines.io.ts";
import { openBytes } from "../../machine/packed-bytes.io.ts";
import { Complaint } from "../../model/complaint.ts";
import type { ListedTargets, ListGathering } from "./listed-targets.ts";
import { MOST_OTHERS, MOST_PLAIN } from "./listed-targets.ts";

/** Bytes of one line: a masscan record with a banner is longer than a target. */
const LONGEST_LINE = 64 * 1024;

/**
 * Reads a list of targets once, in any form a reader knows, plain, gz or zst; a {@link Complaint} when it cannot be read, is longer than a
 * run may hold, or holds not one target that the scope allows.
 */
export async function readTargets(
  path: string,
  gathering: ListGathering,
  stdin: () => AsyncIterable<Uint8Array>,
): Promise<ListedTargets> {
  const source = await openBytes(path, { stdin });
  const read = createTargetListReader();
  const decoder = new TextDecoder();
  for await (const lines of linesOf(source, LONGEST_LINE)) {
    for (const { number, bytes } of lines) {
      if (bytes === null) gathering.reject(number, `longer than ${LONGEST_LINE} bytes`);
      else takeLine(read(decoder.decode(bytes)), number, gathering);
    }
    if (gathering.isFull) throw tooLong(source.place);
  }
  const list = gathering.end();
  if (list.space.size > 0) return list;
  throw new Complaint(
    [{ place: source.place, message: "no target in it may be asked" }, ...list.examples.map(asProblem)],
    `a target is an address, address:port or URL that the scope names, a line each (at most ${LONGEST_TARGET} characters)`,
  );
}

function takeLine(
  results: ReturnType<ReturnType<typeof createTargetListReader>>,
  line: number,
  gathering: ListGathering,
): void {
  for (const result of results) {
    if (result.ok) gathering.add(result.value, line);
    else gathering.reject(line, result.error);
  }
}

function tooLong(place: string): Complaint {
  const limits = `${MOST_PLAIN} IPv4 targets and ${MOST_OTHERS} others`;
  return new Complaint([{ place, message: `holds more than ${limits}` }], "split it into several files, a run each");
}

function asProblem(example: string): { readonly place: string; readonly message: string } {
  return { place: "", message: example };
}
