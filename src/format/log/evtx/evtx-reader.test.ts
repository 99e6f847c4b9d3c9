import { expect, test } from "vitest";
import type { EvtxEvent } from "../../../../test/support/evtx-chunk-writer.ts";
import { evtxChunks } from "../../../../test/support/evtx-file.ts";
import { LOG_SETTING, shortEvent } from "../../../../test/support/log-reading.ts";
import type { LogEvent } from "../../../model/event.ts";
import type { LogRow } from "../../../model/log-grammar.ts";
import { EVTX_CHUNK_BYTES, EVTX_HEADER_BYTES } from "./evtx-layout.ts";
import { evtxReader } from "./evtx-reader.ts";

const AT = Date.UTC(2026, 0, 30, 10, 5, 11, 123);
const SYSMON = { provider: "Microsoft-Windows-Sysmon", channel: "Microsoft-Windows-Sysmon/Operational" };
const SECURITY = { provider: "Microsoft-Windows-Security-Auditing", channel: "Security" };
const APPLICATION = "\\device\\harddiskvolume3\\ollama.exe";

const EVENTS: readonly EvtxEvent[] = [
  {
    at: AT,
    ...SYSMON,
    eventId: 3,
    data: {
      UtcTime: "2026-01-30 10:05:11.000",
      ProcessId: { u32: 800 },
      Image: "C:\\ollama.exe",
      User: "WS7\\anna",
      Protocol: "tcp",
      Initiated: false,
      SourceIp: "2001:0db8:0000:0000:0000:0000:0000:0007",
      SourcePort: { u16: 51_514 },
      DestinationIp: "2001:0db8:0000:0000:0000:0000:0000:0010",
      DestinationPort: { u16: 11_434 },
    },
  },
  { at: AT, ...SECURITY, eventId: 4624, data: { TargetUserName: "anna" } },
  {
    at: AT,
    ...SECURITY,
    eventId: 5154,
    data: {
      ProcessId: { u64: 4711 },
      Application: APPLICATION,
      SourceAddress: "::",
      SourcePort: "11434",
      Protocol: { u32: 6 },
    },
  },
  {
    at: AT,
    provider: "Microsoft-Windows-Eventlog",
    channel: "System",
    eventId: 104,
    userElement: "LogFileCleared",
    data: { SubjectUserName: "anna", SubjectDomainName: "WS7", Channel: "Security" },
  },
];

function read(chunk: Uint8Array, offset: number): { events: LogEvent[]; rejected: string[]; passed: number } {
  const told = { events: [] as LogEvent[], rejected: [] as string[], passed: 0 };
  evtxReader(LOG_SETTING).chunk(chunk, offset, {
    event: (event) => told.events.push(event),
    reject: (row: LogRow, reason) => told.rejected.push(`${row.offset} ${reason}`),
    pass: () => {
      told.passed += 1;
    },
  });
  return told;
}

test("tells the events of a chunk, placed by number and offset, with the record as JSON", () => {
  const [chunk = Buffer.alloc(0)] = evtxChunks(EVENTS);
  const { events, rejected, passed } = read(chunk, EVTX_HEADER_BYTES);
  expect(events.map(shortEvent)).toEqual([
    {
      line: 1,
      at: "2026-01-30T10:05:11.000Z",
      class: "network",
      observer: "WS7",
      product: "windows",
      sourceIp: "2001:db8::7",
      sourcePort: 51_514,
      destinationIp: "2001:db8::10",
      destinationPort: 11_434,
      transport: "tcp",
      direction: "inbound",
      established: true,
      executable: "C:\\ollama.exe",
      pid: 800,
      user: "WS7\\anna",
    },
    {
      line: 3,
      at: "2026-01-30T10:05:11.123Z",
      class: "listen",
      observer: "WS7",
      product: "windows",
      address: "::",
      port: 11_434,
      by: "filter",
      executable: APPLICATION,
      pid: 4711,
    },
    {
      line: 4,
      at: "2026-01-30T10:05:11.123Z",
      class: "control",
      observer: "WS7",
      product: "windows",
      control: "log",
      action: "truncated",
      name: "Security",
      user: "WS7\\anna",
    },
  ]);
  expect(rejected).toEqual([]);
  expect(passed).toBe(1);
  expect(events[0]?.place.offset).toBe(EVTX_HEADER_BYTES + 512);
  expect(JSON.parse(events[1]?.place.text ?? "")).toMatchObject({ Event: { EventData: { SourcePort: "11434" } } });
});

test("what is damaged is rejected with its place in the file", () => {
  const [chunk = Buffer.alloc(0)] = evtxChunks(EVENTS);
  chunk.writeUInt8(0xff, 512 + 28);
  const second = EVTX_HEADER_BYTES + EVTX_CHUNK_BYTES;
  expect(read(chunk, second).rejected).toEqual([`${second} evtx-checksum`, `${second + 512} evtx-broken-record`]);
  expect(read(Buffer.alloc(EVTX_CHUNK_BYTES, 1), second).rejected).toEqual([`${second} no-evtx-chunk`]);
});
