import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BODY_FORMS } from "./body-form.ts";
import type { BodyForm } from "./body-form.ts";
import { member, textOf } from "./json-node.ts";
import { JsonScan } from "./json-scan.ts";

const CHAT = BODY_FORMS.chat;
if (CHAT === undefined) throw new TypeError("no form");

function reasonOf(text: string | Buffer, form: BodyForm | undefined = CHAT, budget = 1 << 20): string | null {
  if (form === undefined) throw new TypeError("no form");
  const scan = new JsonScan(Buffer.from(text), form);
  for (let steps = 0; !scan.step(budget); steps += 1) expect(steps).toBeLessThan(10_000_000);
  return scan.refusal?.reason ?? null;
}

describe("a body that servers could read in two ways", () => {
  test.for([
    ["", "missing-body"],
    ["  \n", "missing-body"],
    ["null", "not-an-object"],
    ["[]", "wrong-type"],
    ['"model"', "wrong-type"],
    ['{"model":"a"', "bad-json"],
    ['{"model":"a"}x', "trailing-bytes"],
    ['{"model":"a"}{"model":"b"}', "trailing-bytes"],
    ['{"model":"a"}\n ', null],
    ['\ufeff{"model":"a"}', "bad-json"],
    ["{'model':'a'}", "bad-json"],
    ['{"model":"\\n\u001f"}', null],
    ['{"model":"a",}', "bad-json"],
    ['{"stop":[1,]}', "bad-json"],
    ['{"stop":01}', "bad-json"],
    ['{"stop":1.}', "bad-json"],
    ['{"stop":+1}', "bad-json"],
    ['{"stop":NaN}', "bad-json"],
    ['{"stop":-0.5e+10}', null],
    ['{"stop":"\\x41"}', "bad-json"],
    ['{"stop":"\\u12g4"}', "bad-json"],
    ['{"stop":"\\ud800"}', null],
    ['{"stop":tru}', "bad-json"],
    ['{/* */"model":"a"}', "bad-json"],
    ['{"model":"a","model":"b"}', "duplicate-key"],
    ['{"model":"a","mo\\u0064el":"b"}', "folded-key"],
    ['{"mo\\u0064el":"b"}', "folded-key"],
    ['{"x":{"a":1,"b":{"a":1,"a":2}}}', "duplicate-key"],
    ['{"x":[{"a":1},{"a":2}]}', null],
    ['{"x":{"\\ud800":1,"\\ud801":2}}', "duplicate-key"],
    ['{"model":"a","Model":"b"}', "folded-key"],
    ['{"MODEL":"b"}', "folded-key"],
    ['{"\u017fTREAM":true}', "folded-key"],
    ['{"\u017ftream":true}', "folded-key"],
    ['{"keep_alive":1,"\u212aeep_alive":2}', "folded-key"],
    ['{"me\u017f\u017fages":[]}', "folded-key"],
    ['{"messages":[{"Role":"system"}]}', "folded-key"],
    ['{"messages":[{"tool_calls":[{"Function":{}}]}]}', "folded-key"],
    ['{"messages":[{"tool_calls":[{"function":{"NAME":"x"}}]}]}', "folded-key"],
    ['{"tools":[{"function":{"Name":"x"}}]}', "folded-key"],
    ['{"tools":[{"function":{"parameters":{"Name":"x","name":"y"}}}]}', null],
    ['{"options":{"Num_Ctx":1,"num_ctx":2}}', null],
    ['{"Else":1,"else":2}', null],
    ['{"model":1}', "wrong-type"],
    ['{"stream":"false"}', "wrong-type"],
    ['{"messages":{}}', "wrong-type"],
    ['{"messages":[null]}', "wrong-type"],
    ['{"messages":["x"]}', "wrong-type"],
    ['{"messages":null}', null],
    [`{"x":${"[".repeat(63)}${"]".repeat(63)}}`, null],
    [`{"x":${"[".repeat(64)}${"]".repeat(64)}}`, "too-deep"],
    [`{"${"k".repeat(4096)}":1}`, null],
    [`{"${"k".repeat(4097)}":1}`, "long-key"],
    [`{"stop":${"1".repeat(129)}}`, "bad-json"],
  ] as const)("%j: %s", ([text, reason]) => {
    expect(reasonOf(text)).toBe(reason);
    expect(reasonOf(text, CHAT, 1)).toBe(reason);
  });

  test("bytes that are no UTF-8, in a key or a value", () => {
    expect(reasonOf(Buffer.from([...Buffer.from('{"x":"'), 0xc3, 0x28, ...Buffer.from('"}')]))).toBe("bad-utf8");
    expect(reasonOf(Buffer.from([...Buffer.from('{"'), 0xff, ...Buffer.from('":1}')]))).toBe("bad-utf8");
  });

  test("lists and objects without end", () => {
    expect(reasonOf(`{"messages":[${"{},".repeat(16_000)}{}]}`)).toBe("too-many-items");
    expect(reasonOf(`{"messages":[${'{"images":["",""]},'.repeat(4_000)}{}]}`)).toBe("too-many-items");
    expect(reasonOf(`{"messages":[${"{},".repeat(15_990)}{}]}`)).toBeNull();
    expect(reasonOf(`{"context":[${"1,".repeat(200_000)}1]}`)).toBeNull();
    const keys = Array.from({ length: 4097 }, (_, at) => `"k${at}":1`);
    expect(reasonOf(`{"x":{${keys.join()}}}`)).toBe("duplicate-key");
    expect(reasonOf(`{"x":{${keys.slice(1).join()}}}`)).toBeNull();
    expect(reasonOf(`{"x":{${keys.slice(1, 100).join()},"k50":1}}`)).toBe("duplicate-key");
  });
});

test("values that a form names are found where they lie, in steps of any size", () => {
  const text =
    ' {"other":{"model":"no"}, "model" : "l\\u006cama3","messages":[{"role":"user","content":"hi \\" there"}]}';
  const bytes = Buffer.from(text);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (budget) => {
      const scan = new JsonScan(bytes, CHAT);
      while (!scan.step(budget));
      expect(scan.refusal).toBeNull();
      const model = member(scan.root, "model");
      const [message] = member(scan.root, "messages")?.items ?? [];
      const content = member(message ?? null, "content");
      expect(model === null ? null : textOf(bytes, model)).toBe("llama3");
      expect(content === null ? null : bytes.toString("utf8", content.start, content.end)).toBe('"hi \\" there"');
      expect([scan.root.start, scan.root.end, scan.root.size]).toEqual([1, text.length, 3]);
    }),
    { numRuns: 60 },
  );
});

test("whatever JSON.parse takes and writes is taken, and what is taken JSON.parse takes", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (value) => {
      const text = `{"format":${value}}`;
      const reason = reasonOf(text, CHAT, 7);
      if (reason === null) expect(() => JSON.parse(text) as unknown).not.toThrow();
      else expect(reason).toBe("duplicate-key");
    }),
    { numRuns: 500 },
  );
});

test("eight megabytes of text take steps that none of them makes long", () => {
  const bytes = Buffer.from(`{"messages":[{"role":"user","content":"${"x\\n".repeat(2_700_000)}"}]}`);
  const scan = new JsonScan(bytes, CHAT);
  let steps = 1;
  while (!scan.step(65_536)) steps += 1;
  expect(scan.refusal).toBeNull();
  expect(steps).toBeGreaterThanOrEqual(bytes.length / 65_536 - 1);
});
