import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EvtxEvent } from "../../../../test/support/evtx-chunk-writer.ts";
import { evtxFile } from "../../../../test/support/evtx-file.ts";
import { readEvtxChunk } from "./evtx-chunk.ts";
import { EVTX_CHUNK_BYTES, EVTX_HEADER_BYTES } from "./evtx-layout.ts";

/** Other readers of the format (packages libevtx-utils and python3-evtx): they must find the same in the same file. */
const PYTHON = `
import sys, Evtx.Evtx as evtx
with evtx.Evtx(sys.argv[1]) as log:
    for record in log.records():
        print(record.xml())
`;
const AT = Date.UTC(2026, 0, 30, 10, 5, 11, 500);
const SYSMON = { provider: "Microsoft-Windows-Sysmon", channel: "Microsoft-Windows-Sysmon/Operational" };

const EVENTS: readonly EvtxEvent[] = Array.from({ length: 90 }, (_, index) =>
  index % 2 === 0
    ? {
        at: AT + index * 1000,
        ...SYSMON,
        eventId: 3,
        data: {
          UtcTime: "2026-01-30 10:05:11.123",
          ProcessId: { u32: 800 + index },
          Image: `C:\\Users\\ännä\\ollama-${index}.exe`,
          Initiated: false,
          SourceIp: "2001:0db8:0000:0000:0000:0000:0000:0007",
          SourcePort: { u16: 51_514 },
          Token: { guid: "000102030405060708090a0b0c0d0e0f" },
          Sid: { sid: [21, 1, 2, 3, 1001] },
          Id: { hex64: 999 },
          Big: { u64: 4711 },
        },
      }
    : {
        at: AT + index * 1000,
        provider: "Microsoft-Windows-Eventlog",
        channel: "Security",
        eventId: 1102,
        userElement: "LogFileCleared",
        data: { SubjectUserName: `anna <${index}> & "b"`, SubjectDomainName: "WS7" },
      },
);

let folder = "";
let path = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "corral-evtx-"));
  path = join(folder, "log.evtx");
  writeFileSync(path, evtxFile(EVENTS));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What an event says, from its XML as another reader prints it: number, record, log, and the texts of its fields. */
function fromXml(xml: string): readonly (readonly string[])[] {
  const events = xml.split("<Event ").slice(1);
  return events.map((event) => {
    const head = ["EventID", "EventRecordID", "Channel"].map((name) =>
      textsOf(event, new RegExp(`<${name}[^>]*>([^<]*)<`, "gu")),
    );
    const time = /SystemTime="([^"]*)"/u.exec(event)?.[1] ?? "";
    const named = textsOf(event, /<Data Name="[^"]*">([^<]*)</gu);
    const user = textsOf(event, /<Subject\w+>([^<]*)</gu);
    return [...head.flat(), time.replace(" ", "T").slice(0, 19), ...named, ...user];
  });
}

function textsOf(xml: string, pattern: RegExp): readonly string[] {
  return [...xml.matchAll(pattern)].map((found) => unescaped(found[1] ?? ""));
}

function unescaped(text: string): string {
  const entities = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" } as const;
  const numbered = text.replaceAll(/&#(\d+);/gu, (_, code: string) => String.fromCharCode(Number(code)));
  return Object.entries(entities).reduce((done, [entity, sign]) => done.replaceAll(entity, sign), numbered);
}

/** The same of what our reader found. */
function ours(): readonly (readonly string[])[] {
  const file = evtxFile(EVENTS);
  const rows: (readonly string[])[] = [];
  for (let at = EVTX_HEADER_BYTES; at < file.length; at += EVTX_CHUNK_BYTES)
    for (const piece of readEvtxChunk(file.subarray(at, at + EVTX_CHUNK_BYTES))) {
      if (piece.kind === "problem") throw new Error(piece.problem);
      const { System, EventData, UserData } = piece.event["Event"] as Record<string, Record<string, unknown>>;
      const time = System?.["TimeCreated"] as Record<string, Record<string, string>>;
      const fields = EventData ?? (UserData?.["LogFileCleared"] as Record<string, unknown>);
      const head = [System?.["EventID"], System?.["EventRecordID"], System?.["Channel"]].map(String);
      rows.push([
        ...head,
        time["#attributes"]?.["SystemTime"]?.slice(0, 19) ?? "",
        ...Object.values(fields).map(String),
      ]);
    }
  return rows;
}

/** Readers write some values in ways of their own: compared without case, braces and leading zeros. */
function loose(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.map((row) => row.map((text) => text.toLowerCase().replaceAll(/[{}]/gu, "").replace(/^0x0+/u, "0x")));
}

describe("the same file in other readers", () => {
  test("evtxexport (libevtx) finds the same", () => {
    const xml = execFileSync("evtxexport", ["-f", "xml", path], { encoding: "utf8", maxBuffer: 1 << 26 });
    expect(loose(ours())).toEqual(loose(fromXml(xml)));
  });

  test("python3-evtx finds the same", () => {
    const xml = execFileSync("/usr/bin/python3", ["-c", PYTHON, path], { encoding: "utf8", maxBuffer: 1 << 26 });
    expect(loose(ours())).toEqual(loose(fromXml(xml)));
  });
});
