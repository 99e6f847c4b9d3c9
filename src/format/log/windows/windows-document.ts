import { type Fields, isFields, plainText } from "./windows-fields.ts";
import { systemTimeIn } from "./windows-time.ts";
import type { WindowsRecord } from "./windows-event.ts";

/** A record with what stands around it. */
export interface WindowsDocument extends WindowsRecord {
  /** When it was written, in any of the ways of `windowsTime`. */
  readonly written: unknown;
  readonly computer: string | null;
}

const MOST_FIELDS = 512;
const NONE: Fields = {};

/**
 * Reads a document with `System` and `EventData` (or `UserData`), as evtx_dump, Chainsaw, Velociraptor and converters of the XML write it.
 *
 * @returns `null` when it has no `System` with a number of the event.
 */
export function nestedDocument(value: unknown): WindowsDocument | null {
  const event = eventIn(value);
  const system = event?.["System"];
  if (event === null || !isFields(system)) return null;
  const eventId = Number(plainText(system["EventID"]) ?? Number.NaN);
  if (!Number.isInteger(eventId)) return null;
  return {
    eventId,
    provider: attributeIn(system, "Provider", "Name"),
    channel: plainText(system["Channel"]),
    written: systemTimeIn(system),
    computer: plainText(system["Computer"]),
    fields: dataFields(event["EventData"]) ?? userFields(event["UserData"]) ?? NONE,
  };
}

/** The event itself, out of what tools put around it: `Event`, Chainsaw's `document.data`. */
function eventIn(value: unknown): Fields | null {
  if (!isFields(value)) return null;
  if (isFields(value["System"])) return value;
  if (isFields(value["Event"])) return value["Event"];
  const document = value["document"];
  const inner = isFields(document) ? document["data"] : null;
  return isFields(inner) && isFields(inner["Event"]) ? inner["Event"] : null;
}

/** An attribute of an element: `{"#attributes": {…}}`, `{"@Name": …}`, `{"Name": …}` or beside it as `Provider_attributes`. */
function attributeIn(parent: Fields, element: string, name: string): string | null {
  const inner = parent[element];
  if (typeof inner === "string") return inner;
  const beside = parent[`${element}_attributes`];
  if (isFields(beside)) return plainText(beside[name]);
  if (!isFields(inner)) return null;
  const attributes = inner["#attributes"];
  return plainText(isFields(attributes) ? attributes[name] : (inner[`@${name}`] ?? inner[name]));
}

/** Fields of `EventData`: an object with their names, or a list of `Data` with the names as attributes. */
function dataFields(value: unknown): Fields | null {
  if (!isFields(value)) return Array.isArray(value) ? listFields(value) : null;
  const list = value["Data"];
  if (Array.isArray(list)) return listFields(list);
  return isFields(list) && nameOf(list) !== null ? listFields([list]) : value;
}

/** `[{"@Name": "Image", "#text": "…"}]`, the name also as `Name` or inside of `#attributes`, the text also as `Value`. */
function listFields(list: readonly unknown[]): Fields {
  const named = new Map<string, unknown>();
  for (const one of list.slice(0, MOST_FIELDS)) {
    const name = isFields(one) ? nameOf(one) : null;
    if (name !== null) named.set(name, plainText(one));
  }
  return Object.fromEntries(named);
}

function nameOf(data: Fields): string | null {
  const attributes = data["#attributes"];
  return plainText(isFields(attributes) ? attributes["Name"] : (data["@Name"] ?? data["Name"]));
}

/** `UserData` has one element of the provider's own naming, and the fields inside of it. */
function userFields(value: unknown): Fields | null {
  if (!isFields(value)) return null;
  for (const [name, inner] of Object.entries(value).slice(0, MOST_FIELDS))
    if (!name.startsWith("#") && !name.startsWith("@") && !name.endsWith("_attributes") && isFields(inner))
      return inner;
  return value;
}

/**
 * Reads a document whose fields all stand beside each other, as NXLog, Winlogbeat before 7 and exports made of both write it.
 *
 * @returns `null` when it has no number of the event.
 */
export function flatDocument(value: unknown): WindowsDocument | null {
  if (!isFields(value)) return null;
  const eventId = Number(plainText(value["EventID"] ?? value["event_id"] ?? value["EventId"]) ?? Number.NaN);
  if (!Number.isInteger(eventId)) return null;
  const inner = value["event_data"] ?? value["EventData"];
  const user = value["user_data"];
  return {
    eventId,
    provider: first(value, "SourceName", "source_name", "ProviderName", "provider_name", "Provider"),
    channel: first(value, "Channel", "log_name", "channel", "LogName"),
    written:
      value["@timestamp"] ?? value["SystemTime"] ?? value["TimeCreated"] ?? value["EventTime"] ?? value["timestamp"],
    computer: first(value, "Hostname", "computer_name", "Computer", "ComputerName", "host"),
    fields: isFields(inner) ? inner : isFields(user) ? user : value,
  };
}

function first(value: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const text = value[name];
    if (typeof text === "string" && text !== "") return text;
  }
  return null;
}
