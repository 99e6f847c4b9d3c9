import fc from "fast-check";
import { expect, test } from "vitest";
import { isUnwantedRow } from "./event-number.ts";
import { flatDocument } from "./windows-document.ts";

const OTHERS = ['event_id"', 'EventId"'];

const isWanted = (eventId: number): boolean => eventId === 1;

test.for([
  ['{"EventID":5156}', true],
  ['{"a":1,"EventID" : "4688" ,"b":2}', true],
  ['{"xEventID":7,"a":5}', false],
  ['{"EventID":1}', false],
  ['{"EventID":5', false],
  ['{"EventID":1.5}', false],
  ['{"EventID":1e3}', false],
  ['{"EventID":"0x10"}', false],
  ['{"EventID":{"#text":7036}}', false],
  ['{"EventID":5,"EventID":1}', false],
  ['{"a":"EventID"}', false],
  ['{"\\u0045ventID":1,"EventID":5}', false],
  ['{"EventID":5,"x":{"event_id":1}}', false],
  ['{"EventID":1234567}', false],
  ['{"Message":"\\"EventID\\": 5"}', false],
  ["", false],
] as const)("%s: %s", ([text, expected]) => {
  expect(isUnwantedRow(text, OTHERS, isWanted)).toBe(expected);
});

test("never passes a row over in which parsing finds a wanted number", () => {
  const key = fc.constantFrom("EventID", "event_id", "EventId", "Channel", '"EventID"', "x\\");
  const value = fc.oneof(
    fc.integer({ min: -9, max: 9 }),
    fc.constantFrom("1", "5", " 5", "EventID", '"EventID":1', "\u0000"),
  );
  const object = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: "small" }, value, tie("object")),
    object: fc.dictionary(key, tie("any"), { maxKeys: 4 }),
  })).object;
  let passed = 0;
  fc.assert(
    fc.property(object, fc.integer({ min: 0, max: 9 }), fc.boolean(), fc.nat(3), (rest, number, isFirst, space) => {
      const document = isFirst ? { EventID: number, rest } : { rest, EventID: number };
      const text = JSON.stringify(document, null, space).replaceAll("\n", " ");
      if (!isUnwantedRow(text, OTHERS, isWanted)) return;
      passed += 1;
      expect(flatDocument(JSON.parse(text))?.eventId).not.toBe(1);
    }),
    { numRuns: 4_000 },
  );
  expect(passed).toBeGreaterThan(200);
});
