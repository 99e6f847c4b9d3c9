import { afterAll, beforeAll, expect, test } from "vitest";
import { DETECTIONS } from "../../src/knowledge/detections/detections.ts";
import { STORY_SETTING } from "../../src/knowledge/detections/story.ts";
import type { Detection } from "../../src/model/detection.ts";
import type { HttpEvent, LogEvent } from "../../src/model/event.ts";
import { huntCase } from "./hunt-case.ts";
import type { HuntCase } from "./hunt-case.ts";

let place: HuntCase;
beforeAll(() => {
  place = huntCase();
});
afterAll(() => place.remove());

/** A request as nginx's log in JSON tells it. */
function nginxRow(event: HttpEvent): string {
  return `${JSON.stringify({
    msec: (event.at + (event.durationMs ?? 0)) / 1000,
    remote_addr: event.sourceIp,
    remote_port: event.sourcePort ?? undefined,
    server_port: event.destinationPort ?? undefined,
    request_method: event.method,
    request_uri: event.query === null ? event.path : `${event.path}?${event.query}`,
    status: event.status ?? undefined,
    request_time: event.durationMs === null ? undefined : event.durationMs / 1000,
    body_bytes_sent: event.responseBytes ?? undefined,
    request_length: event.requestBytes ?? undefined,
    http_host: event.host ?? undefined,
    http_user_agent: event.userAgent ?? undefined,
    http_origin: event.origin ?? undefined,
  })}\n`;
}

function isNginxTold(event: LogEvent): event is HttpEvent {
  return event.class === "http" && event.product === "nginx" && event.model === null && event.user === null;
}

/** The story of each detection that nginx alone can tell, in two rows at least; `null` = there is none. */
function nginxStory(detection: Detection): readonly string[] | null {
  for (const { events } of detection.fires) {
    const told = events.filter(isNginxTold);
    const observers = new Set(events.map(({ observer }) => observer));
    if (told.length === events.length && told.length > 1 && observers.size === 1) return told.map(nginxRow);
  }
  return null;
}

const STORIES = Object.values<Detection>(DETECTIONS).flatMap((detection) => {
  const rows = nginxStory(detection);
  return rows === null ? [] : [[detection.id, rows] as const];
});

async function rowsOfAlerts(id: string, parts: readonly string[]): Promise<readonly number[]> {
  const names = parts.map((part, index) => {
    const name = index === parts.length - 1 ? `${id}.log` : `${id}.log.${parts.length - 1 - index}`;
    place.write(name, part);
    return name;
  });
  const told = await place.told(names, { only: [id], known: [...STORY_SETTING.known] });
  expect(told.logs.map(({ rejected }) => rejected)).toEqual([{}]);
  return told.alerts.map(({ rows }) => rows);
}

test("there are stories to cut", () => {
  expect(STORIES.length).toBeGreaterThanOrEqual(10);
});

test.for(STORIES)("%s: a log that was rotated within a row tells what the whole log tells", async ([id, rows]) => {
  const whole = rows.join("");
  const before = rows.slice(0, Math.floor(rows.length / 2)).join("").length;
  const within = before + Math.floor((rows[Math.floor(rows.length / 2)]?.length ?? 0) / 2);
  const uncut = await rowsOfAlerts(id, [whole]);
  expect(uncut.length).toBeGreaterThan(0);
  expect(await rowsOfAlerts(id, [whole.slice(0, before), whole.slice(before)])).toEqual(uncut);
  expect(await rowsOfAlerts(id, [whole.slice(0, within), whole.slice(within)])).toEqual(uncut);
});
