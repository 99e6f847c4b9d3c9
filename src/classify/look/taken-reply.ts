import type { ReadReply } from "../../model/reply.ts";
import type { RouteReading } from "../../model/route-reading.ts";

/** One answer, read as far as its route asks for. */
export interface TakenReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Beginning of the body, byte by byte as Latin-1. */
  readonly beginning: string;
  /** The body was longer than what was taken. */
  readonly isCut: boolean;
  /** Of a 2xx of one of Ollama's own routes that came whole. */
  readonly reading: RouteReading | null;
  /** Where `wantsReply` asks for it. */
  readonly reply: ReadReply | null;
}
