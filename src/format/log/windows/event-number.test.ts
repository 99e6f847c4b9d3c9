import fc from "fast-check";
import { expect, test } from "vitest";
import { eventNumberIn } from "./event-number.ts";
import { flatDocument } from "./windows-document.ts";

const OTHERS = ['"event_id"', '"EventId"'];

test.for([
  ['{"EventID":5156}', 5156],
  ['{"a":1,"EventID" : "4688" ,"b":2}', 4688],
  ['{"EventID":1}', 1],
  ['{"EventID":1', -1],
  ['{"EventID":1.5}', -1],
  ['{"EventID":1e3}', -1],
  ['{"EventID":"0x10"}', -1],
  ['{"EventID":{"#text":7036}}', -1],
  ['{"EventID":1,"EventID":5}', -1],
  ['{"a":"EventID"}', -1],
  ['{"\\u0045ventID":1,"EventID":5}', -1],
  ['{"EventID":5,"x":{"event_id":1}}', -1],
  ['{"EventID":1234567}', -1],
  ['{"Message":"\\"EventID\\": 5"}', -1],
  ["", -1],
] as const)("%s → %i", ([text, number]) => {
  expect(eventNumberIn(text, OTHERS)).toBe(number);
});

test("never names another number than the one that parsing finds", () => {
  const key = fc.constantFrom("EventID", "event_id", "EventId", "Channel", '"EventID"', "x\\");
  const value = fc.oneof(
    fc.integer({ min: -9, max: 99_999 }),
    fc.constantFrom("1", "5", " 5", "EventID", '"EventID":1', "\u0000"),
  );
  const object = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: "small" }, value, tie("object")),
    object: fc.dictionary(key, tie("any"), { maxKeys: 4 }),
  })).object;
  fc.assert(
    fc.property(object, fc.nat(3), (document, space) => {
      const text = JSON.stringify(document, null, space).replaceAll("\n", " ");
      const read = eventNumberIn(text, OTHERS);
      const found = flatDocument(JSON.parse(text));
      return read === -1 || found === null || found.eventId === read;
    }),
    { numRuns: 2_000 },
  );
});
