import { afterAll, beforeAll, expect, test } from "vitest";
import type { EvtxEvent } from "../support/evtx-chunk-writer.ts";
import { evtxFile } from "../support/evtx-file.ts";
import { huntCase } from "./hunt-case.ts";
import type { HuntCase } from "./hunt-case.ts";

const AT = Date.UTC(2026, 0, 30, 10, 5, 11, 123);
const SECURITY = { provider: "Microsoft-Windows-Security-Auditing", channel: "Security" };
const LOGON: EvtxEvent = { at: AT, ...SECURITY, eventId: 4624, data: { TargetUserName: "anna" } };
const LISTEN: EvtxEvent = {
  at: AT + 1000,
  ...SECURITY,
  eventId: 5154,
  data: {
    ProcessId: { u64: 4711 },
    Application: "\\device\\harddiskvolume3\\ollama.exe",
    SourceAddress: "::",
    SourcePort: "11434",
    Protocol: { u32: 6 },
  },
};

let here: HuntCase;
beforeAll(() => {
  here = huntCase();
  here.write("Security.evtx", evtxFile([...Array.from({ length: 900 }, () => LOGON), LISTEN, LOGON]));
});
afterAll(() => {
  here.remove();
});

test("a Windows event log is read by its records, and the command shows the record again", async () => {
  const { code, logs, alerts } = await here.told(["Security.evtx"]);
  expect([code, logs[0]?.rows, logs[0]?.events]).toEqual([0, 902, 1]);
  const [row] = alerts.flatMap(({ evidence }) => evidence);
  expect([row?.file, row?.line, row?.show]).toEqual(["Security.evtx", 901, "corral hunt --show Security.evtx:901"]);
  const { out } = await here.hunt([], { show: "Security.evtx:901" });
  expect(out.trimEnd()).toBe(row?.row);
  expect(JSON.parse(out)).toMatchObject({ Event: { EventData: { SourceAddress: "::" } } });
});

test("one that is cut short is read as far as it goes", async () => {
  const whole = evtxFile([...Array.from({ length: 900 }, () => LOGON), LISTEN]);
  here.write("cut.evtx", whole.subarray(0, 4096 + 30_000));
  const { code, logs } = await here.told(["cut.evtx"]);
  expect(code).toBe(3);
  expect(logs[0]?.rows).toBeGreaterThan(20);
  expect(Object.keys(logs[0]?.rejected ?? {})).toContain("evtx-cut-chunk");
});
