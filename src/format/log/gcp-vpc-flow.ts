import type { JsonObject } from "../bounded-value.ts";
import { field, isObject } from "../bounded-value.ts";
import type { LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { networkEvent } from "../../model/make-event.ts";
import { isoTimeAt } from "./civil-time.ts";
import type { FlowHalf } from "./flow-pairs.ts";
import { FlowPairs } from "./flow-pairs.ts";
import type { ObjectReader } from "./json-grammar.ts";
import { jsonGrammar, placeOf } from "./json-grammar.ts";
import { serverSide } from "./server-side.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, countIn, portIn, textIn, transportIn } from "./told-values.ts";

/** Name of the log in events. */
const GCP = "gcp-vpc-flow";

/**
 * Flow logs of a Google Cloud VPC, and the log of its firewall rules, as `gcloud logging read --format=json` and exports to storage write
 * them. A flow row tells one way of a connection.
 *
 * @see cloud.google.com/vpc/docs/about-flow-logs-records, cloud.google.com/firewall/docs/firewall-rules-logging
 */
export const GCP_VPC_FLOW = jsonGrammar({
  id: "gcp-vpc-flow",
  title: "Google Cloud VPC flow and firewall logs",
  product: GCP,
  lists: ["entries"],
  signs: ['"jsonPayload"'],
  isMine: (object) => connectionOf(object) !== null,
  read: readGcp,
});

/** `jsonPayload`; BigQuery's and some exporters' rows name it `json_payload`, or hold its fields themselves. */
function payloadOf(object: JsonObject): JsonObject | null {
  const payload = field(object, "jsonPayload") ?? field(object, "json_payload") ?? object;
  return isObject(payload) ? payload : null;
}

function connectionOf(object: JsonObject): JsonObject | null {
  const payload = payloadOf(object);
  const connection = payload === null ? undefined : field(payload, "connection");
  return isObject(connection) && field(connection, "src_ip") !== undefined ? connection : null;
}

type Ends = Pick<FlowHalf, "sourceIp" | "sourcePort" | "destinationIp" | "destinationPort" | "transport">;

function readGcp(setting: LogSetting): ObjectReader {
  const side = serverSide(setting);
  const addresses = addressReader();
  const pairs = new FlowPairs(GCP, side);

  const tellRule = (payload: JsonObject, at: number, ends: Ends, row: LogRow, sink: LogSink): void => {
    const isBlocked = field(payload, "disposition") === "DENIED";
    const instance = field(payload, "instance");
    const rule = field(payload, "rule_details");
    const way = isObject(rule) ? field(rule, "direction") : undefined;
    const word = { direction: null, isDestinationOurs: way === "INGRESS", isMade: !isBlocked };
    const observer = isObject(instance) ? textIn(field(instance, "vm_name"), 255) : null;
    sink.event(
      networkEvent(
        { at, observer, product: GCP, place: placeOf(setting.source, row) },
        {
          ...ends,
          direction: side.direction(ends, word),
          action: isBlocked ? "blocked" : "allowed",
          established: isBlocked ? false : null,
        },
      ),
    );
  };

  return {
    object(object, row, sink) {
      const payload = payloadOf(object);
      const ends = endsOf(object, addresses);
      if (payload === null || ends === null) return sink.reject(row, "broken-row");
      const stamp = timeOf(field(object, "timestamp"));
      const at = timeOf(field(payload, "start_time")) ?? stamp;
      if (at === null) return sink.reject(row, "no-time");
      if (field(payload, "disposition") !== undefined) return tellRule(payload, stamp ?? at, ends, row, sink);
      pairs.add(halfOf(payload, at, ends, { setting, row }), sink);
    },
    end: (sink) => {
      pairs.end(sink);
    },
    zone: null,
  };
}

function endsOf(object: JsonObject, addresses: AddressReader): Ends | null {
  const connection = connectionOf(object);
  if (connection === null) return null;
  const sourceIp = addresses.of(field(connection, "src_ip"));
  const destinationIp = addresses.of(field(connection, "dest_ip"));
  if (sourceIp === null || destinationIp === null) return null;
  const protocol = countIn(field(connection, "protocol"));
  return {
    sourceIp,
    sourcePort: portIn(field(connection, "src_port")),
    destinationIp,
    destinationPort: portIn(field(connection, "dest_port")),
    transport: protocol === null ? null : transportIn(String(protocol)),
  };
}

function halfOf(
  payload: JsonObject,
  at: number,
  ends: Ends,
  { setting, row }: { readonly setting: LogSetting; readonly row: LogRow },
): FlowHalf {
  const endAt = timeOf(field(payload, "end_time")) ?? at;
  const source = vmName(field(payload, "src_instance"));
  const destination = vmName(field(payload, "dest_instance"));
  const reporter = field(payload, "reporter");
  return {
    ...ends,
    at,
    endAt: Math.max(at, endAt),
    packets: countIn(field(payload, "packets_sent")),
    bytes: countIn(field(payload, "bytes_sent")),
    flags: null,
    hasAllFlags: false,
    action: "allowed",
    observer: reporter === "SRC" ? source : reporter === "DEST" ? destination : null,
    toOurs: reporter === "DEST",
    fromOurs: reporter === "SRC",
    place: placeOf(setting.source, row),
  };
}

function vmName(instance: unknown): string | null {
  return isObject(instance) ? textIn(field(instance, "vm_name"), 255) : null;
}

function timeOf(value: unknown): number | null {
  const text = textIn(value, 64);
  const time = text === null ? null : isoTimeAt(text, 0);
  return time === null || time.ms < 0 ? null : time.ms;
}
