import type { LogGrammar, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { isoMs } from "./json-values.ts";
import { ecs, ecsText, elasticDocument } from "./elastic/elastic-document.ts";
import { elasticEvent } from "./elastic/elastic-event.ts";
import { jsonElements } from "./json-elements.ts";
import { recogniseElements } from "./recognise-elements.ts";
import { toldZone } from "./told-zone.ts";
import { isWanted } from "./windows/windows-event.ts";
import { type Fields, isFields } from "./windows/windows-fields.ts";
import { tellWindows, type WindowsPlace } from "./windows/windows-telling.ts";

const ELASTIC = "elastic";
const EVENT_DATA = "winlog.event_data.";
/** First key of the rows between documents in files for the bulk API. */
const BULK = /^\{ ?"(?:index|create)" ?: ?\{/u;

/** Documents of Elasticsearch in the Elastic Common Schema: of Beats, Elastic Agent and Elastic Defend, alone or as hits with `_source`. */
export const ELASTIC_ECS: LogGrammar = {
  id: "elastic-ecs",
  title: "Elasticsearch documents (ECS)",
  product: ELASTIC,
  recognise: (rows) =>
    recogniseElements(
      rows.filter((row) => !BULK.test(row)),
      { lists: [], isMine: (value) => elasticDocument(value) !== null, marks: ['"@timestamp"', '"event'] },
    ),
  read(setting) {
    const elements = jsonElements([]);
    const place = placeOf(setting);
    return {
      row(row, sink) {
        if (BULK.test(row.text)) return sink.pass();
        elements.row(row, {
          element: (value, at) => tell(value, place, at, sink),
          broken: (at, reason) => sink.reject(at, reason),
        });
      },
      end: (sink) => elements.end({ element: () => {}, broken: (at, reason) => sink.reject(at, reason) }),
      zone: null,
    };
  },
};

function placeOf({ source }: LogSetting): WindowsPlace {
  return { source, product: ELASTIC, zone: toldZone(0) };
}

function tell(value: unknown, place: WindowsPlace, row: LogRow, sink: LogSink): void {
  const document = elasticDocument(value);
  if (document === null) return sink.reject(row, "no-elastic-document");
  const observer = ecsText(document, "host.name") ?? ecsText(document, "host.hostname");
  const windows = windowsOf(document, observer);
  if (windows !== null && isWanted(windows)) return tellWindows(windows, place, row, sink);
  const at = isoMs(ecsText(document, "@timestamp"));
  if (at === null) return sink.reject(row, "elastic-document-without-time");
  const event = elasticEvent(document, {
    at,
    observer,
    product: place.product,
    place: { source: place.source, line: row.line, offset: row.offset, text: row.text },
  });
  if (event === null) sink.pass();
  else sink.event(event);
}

/** What Winlogbeat keeps of a Windows event; `null` = the document is of none, or its fields are gone. */
function windowsOf(document: Fields, observer: string | null): Parameters<typeof tellWindows>[0] | null {
  const eventId = Number(ecsText(document, "winlog.event_id") ?? Number.NaN);
  if (!Number.isInteger(eventId)) return null;
  const fields = ecs(document, "winlog.event_data") ?? ecs(document, "winlog.user_data") ?? flattened(document);
  if (!isFields(fields)) return null;
  return {
    eventId,
    provider: ecsText(document, "winlog.provider_name"),
    channel: ecsText(document, "winlog.channel"),
    written: ecsText(document, "@timestamp"),
    computer: ecsText(document, "winlog.computer_name") ?? observer,
    fields,
  };
}

/** `{"winlog.event_data.Image": …}`: fields whose whole names stand in the document itself. */
function flattened(document: Fields): Fields {
  const named = Object.entries(document).filter(([name]) => name.startsWith(EVENT_DATA));
  return Object.fromEntries(named.map(([name, value]) => [name.slice(EVENT_DATA.length), value]));
}
