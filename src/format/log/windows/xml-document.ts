import sax from "sax";
import type { WindowsDocument } from "./windows-document.ts";
import type { Fields } from "./windows-fields.ts";

const MOST_FIELDS = 512;
/** Without `strictEntities`, which the types of sax do not know, it would know the entities of HTML. */
const OPTIONS = { position: false, strictEntities: true };
const MOST_DEPTH = 16;
/** Characters after which the parser is asked whether it still reads XML: it would go on to the end. */
const SLICE = 8192;
/** Windows keeps an event within 64 KiB. */
const LONGEST = 262_144;
const ID = /^<EventID(?: Qualifiers=(?:"\d{0,5}"|'\d{0,5}'))?>(\d{1,6})<\/EventID>/u;

/** What is gathered of an event's XML. */
interface Gathered {
  readonly path: string[];
  readonly system: Map<string, string>;
  readonly fields: Map<string, string>;
  /** `Name` of the `Data` that is open. */
  dataName: string;
  text: string;
  isBroken: boolean;
  /** The event has ended: nothing may follow. */
  isOver: boolean;
}

/**
 * Reads an event of Windows, or of Sysmon for Linux, as its own XML.
 *
 * @param text - `<Event>…</Event>`, nothing before and nothing behind it.
 * @returns `null` when it is no well-formed XML, no event, or longer than any true one. Nothing outside is opened, and no entity but XML's own five is known.
 */
export function xmlDocument(text: string): WindowsDocument | null {
  if (text.length > LONGEST) return null;
  const gathered: Gathered = {
    path: [],
    system: new Map(),
    fields: new Map(),
    dataName: "",
    text: "",
    isBroken: false,
    isOver: false,
  };
  const parser = parserInto(gathered);
  for (let at = 0; at < text.length && !gathered.isBroken; at += SLICE) parser.write(text.slice(at, at + SLICE));
  if (!gathered.isBroken) parser.close();
  const eventId = Number(gathered.system.get("EventID") ?? Number.NaN);
  if (gathered.isBroken || !Number.isInteger(eventId)) return null;
  const { system } = gathered;
  const fields: Fields = Object.fromEntries(gathered.fields);
  return {
    eventId,
    provider: system.get("Provider") ?? null,
    channel: system.get("Channel") ?? null,
    written: system.get("TimeCreated"),
    computer: system.get("Computer") ?? null,
    fields,
  };
}

/** The number of the event, read off the text; -1 = only parsing tells, because none or more than one stands there. */
export function xmlEventNumber(text: string): number {
  const at = text.indexOf("<EventID");
  if (at === -1 || text.includes("<EventID", at + 1)) return -1;
  const found = ID.exec(text.slice(at, at + 64));
  return found === null ? -1 : Number(found[1]);
}

function parserInto(gathered: Gathered): sax.SAXParser {
  const parser = sax.parser(true, OPTIONS);
  parser.onopentag = ({ name, attributes }) => open(gathered, name, attributes);
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the parser of sax has no other way
  parser.ontext = (text) => add(gathered, text);
  parser.oncdata = (text) => add(gathered, text);
  parser.onclosetag = () => close(gathered);
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the parser of sax has no other way
  parser.onerror = () => {
    gathered.isBroken = true;
  };
  return parser;
}

function add(gathered: Gathered, text: string): void {
  gathered.text += text;
}

function open(gathered: Gathered, name: string, attributes: Readonly<Record<string, unknown>>): void {
  const { path, system } = gathered;
  path.push(name);
  gathered.text = "";
  if (path.length > MOST_DEPTH) gathered.isBroken = true;
  if (gathered.isOver || (path.length === 1 && name !== "Event")) gathered.isBroken = true;
  if (path.length !== 3) return;
  if (path[1] === "System") {
    const value = attributes[name === "TimeCreated" ? "SystemTime" : "Name"];
    if (typeof value === "string") system.set(name, value);
  } else if (name === "Data") {
    const value = attributes["Name"];
    gathered.dataName = typeof value === "string" ? value : "";
  }
}

/** Texts of `System` by their element, of `EventData` by the name of `Data`, of `UserData` by the innermost element. */
function close(gathered: Gathered): void {
  const { path, system, fields, text } = gathered;
  const name = path.at(-1) ?? "";
  gathered.text = "";
  if (path.length === 3 && path[1] === "System") {
    if (text !== "" && !system.has(name)) system.set(name, text);
  } else if (fields.size < MOST_FIELDS) {
    const field = path.length === 3 && path[1] === "EventData" && name === "Data" ? gathered.dataName : name;
    const isField = path.length === 3 ? path[1] === "EventData" : path.length === 4 && path[1] === "UserData";
    if (isField && field !== "" && !fields.has(field)) fields.set(field, text);
  }
  path.pop();
  gathered.isOver ||= path.length === 0;
}
