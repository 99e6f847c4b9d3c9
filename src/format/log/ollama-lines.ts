import type { EventHead } from "../../model/make-event.ts";
import { listenEvent, processEvent, settingEvent } from "../../model/make-event.ts";
import type { LogSink } from "../../model/log-grammar.ts";
import { canonicalAddress } from "../../model/address.ts";
import { mapEntries } from "./go-map.ts";

const LISTENING = "Listening on ";
const CONFIG = "server config";
const STARTING = /^starting (?:llama[- ]server|llama runner|go llama server|runner|ext server|mlx runner)/iu;
const ENDPOINT = /^\[?([\da-f.:]{2,45})\]?:(\d{1,5})(?: \(version ([^\s()]{1,64})\))?$/iu;
const LONGEST_MESSAGE = 256;

/** Looks up an attribute of the row by its key. */
export type Attribute = (key: string) => string | null;

/**
 * Tells what one message of Ollama's own log means: where it listens, what it is set to, which child it starts.
 *
 * @returns Whether it was one of these; anything else tells nothing.
 */
export function tellOllamaLine(message: string, attribute: Attribute, head: EventHead, sink: LogSink): boolean {
  if (message.startsWith(LISTENING)) return tellListening(message.slice(LISTENING.length), head, sink);
  if (message === CONFIG) return tellSettings(attribute("env"), head, sink);
  if (message.length <= LONGEST_MESSAGE && STARTING.test(message)) return tellChild(attribute("cmd"), head, sink);
  return false;
}

function tellListening(rest: string, head: EventHead, sink: LogSink): boolean {
  const found = rest.length > LONGEST_MESSAGE ? null : ENDPOINT.exec(rest);
  const address = canonicalAddress(found?.[1] ?? "");
  const port = Number(found?.[2]);
  if (address === null || port > 65_535) return false;
  const version = found?.[3] ?? null;
  sink.event(listenEvent(head, { address, port, by: "server-line", version }));
  return true;
}

function tellSettings(env: string | null, head: EventHead, sink: LogSink): boolean {
  let told = false;
  for (const { name, value } of mapEntries(env ?? "")) {
    if (value === "") continue;
    sink.event(settingEvent(head, { name, value }));
    told = true;
  }
  return told;
}

function tellChild(command: string | null, head: EventHead, sink: LogSink): boolean {
  if (command === null || command === "") return false;
  sink.event(
    processEvent(head, {
      executable: programOf(command),
      commandLine: command,
      parentExecutable: "ollama",
      parentCommandLine: "ollama serve",
    }),
  );
  return true;
}

/** The program of a command line: up to the first flag or word of ours, since a path may hold spaces. */
function programOf(command: string): string {
  const ends = [" runner", " -"].map((mark) => command.indexOf(mark)).filter((at) => at > 0);
  return command.slice(0, Math.min(command.length, ...ends));
}
