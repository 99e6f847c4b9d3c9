import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { RequestText } from "../model/request-text.ts";
import { buildRequest, pipeline } from "./read-only-routes.ts";
import type { Asker } from "./read-only-routes.ts";

const ASKER: Asker = {
  place: { address: "192.0.2.10", port: 11_434, host_name: null, base_path: "/" },
  userAgent: "corral/0.1 (+https://survey.example)",
};
const at = (place: Partial<Asker["place"]>): Asker => ({ ...ASKER, place: { ...ASKER.place, ...place } });

test("a GET as it goes to the wire", () => {
  expect(buildRequest("version", ASKER, null)).toBe(
    "GET /api/version HTTP/1.1\r\nHost: 192.0.2.10:11434\r\nUser-Agent: corral/0.1 (+https://survey.example)\r\n" +
      "Accept: application/json\r\nConnection: keep-alive\r\n\r\n",
  );
});

test.each([
  [at({ base_path: "/ollama" }), "GET /ollama/api/tags HTTP/1.1", "192.0.2.10:11434"],
  [at({ host_name: "models.example", port: 443 }), "GET /api/tags HTTP/1.1", "models.example"],
  [at({ host_name: "models.example", port: 8_443 }), "GET /api/tags HTTP/1.1", "models.example:8443"],
  [at({ address: "2001:db8::1" }), "GET /api/tags HTTP/1.1", "[2001:db8::1]:11434"],
  [at({ port: 80 }), "GET /api/tags HTTP/1.1", "192.0.2.10"],
])("place %#", (asker, line, host) => {
  const lines = buildRequest("tags", asker, null).split("\r\n");
  expect(lines.slice(0, 2)).toEqual([line, `Host: ${host}`]);
});

test("the card's body holds model and name and nothing else, whatever the name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      const text = buildRequest("show", ASKER, name);
      const [head = "", body = ""] = text.split("\r\n\r\n");
      expect(/^[\u0020-\u007e\r\n]*$/u.test(text)).toBe(true);
      expect(head).toContain(`\r\nContent-Length: ${body.length}`);
      expect(head.split("\r\n")[0]).toBe("POST /api/show HTTP/1.1");
      expect(JSON.parse(body)).toEqual({ model: name, name });
      expect(Object.keys(JSON.parse(body) as object)).toEqual(["model", "name"]);
    }),
  );
});

describe("nothing that could break a header is built", () => {
  test.each([
    [at({ base_path: "/x HTTP/1.1\r\nX: y" }), "0123456789abcdef"],
    [at({ base_path: "ollama" }), "0123456789abcdef"],
    [at({ host_name: "a.example\r\nX: y" }), "0123456789abcdef"],
    [at({ address: "192.0.2.10 " }), "0123456789abcdef"],
    [{ ...ASKER, userAgent: "corral\r\nX: y" }, "0123456789abcdef"],
    [ASKER, "../api/pull"],
    [ASKER, "0123456789ABCDEF"],
  ])("%#", (asker, token) => {
    expect(() => buildRequest("control", asker, token)).toThrow(TypeError);
  });
});

test("what is no row, or lacks its fill, does not compile", () => {
  // @ts-expect-error -- not a row of the table
  expect(() => buildRequest("pull", ASKER, null)).toThrow(TypeError);
  // @ts-expect-error -- a control path needs its token
  expect(() => buildRequest("control", ASKER, null)).toThrow(TypeError);
  expectTypeOf(buildRequest("root", ASKER, null)).toEqualTypeOf<RequestText>();
  expectTypeOf<string>().not.toExtend<RequestText>();
  expectTypeOf(pipeline).parameter(0).toEqualTypeOf<readonly RequestText[]>();
});
