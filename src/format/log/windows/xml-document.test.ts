import { describe, expect, test } from "vitest";
import { xmlDocument, xmlEventNumber } from "./xml-document.ts";

const HEAD = "<System><Provider Name='P'/><EventID>1</EventID><Channel>C</Channel></System>";

/** An event with one field. */
function eventOf(field: string): string {
  return `<Event>${HEAD}<EventData><Data Name="X">${field}</Data></EventData></Event>`;
}

describe("an event as XML", () => {
  test("a field as long as a record, of nothing but entities", () => {
    expect(xmlDocument(eventOf("&amp;".repeat(20_000)))?.fields).toEqual({ X: "&".repeat(20_000) });
  });

  test.for([
    ["plain", eventOf("a"), "a"],
    ["CDATA", eventOf("<![CDATA[a & b]]>"), "a & b"],
    ["a character by its number", eventOf("&#228;&#x1F600;"), "ä😀"],
    ["the second of one name does not count", eventOf('a</Data><Data Name="X">b'), "a"],
  ] as const)("%s", ([, xml, value]) => {
    expect(xmlDocument(xml)?.fields["X"]).toBe(value);
  });

  test.for([
    ["not closed", eventOf("a").slice(0, -3)],
    ["something behind it", `${eventOf("a")}<Event/>`],
    ["another root", `<Log>${eventOf("a")}</Log>`],
    ["an entity that XML does not know", eventOf("&nbsp;")],
    ["no number", "<Event><System></System></Event>"],
    ["a number that is none", "<Event><System><EventID>x</EventID></System></Event>"],
    ["deeper than any event", eventOf(`${"<a>".repeat(20)}${"</a>".repeat(20)}`)],
    ["longer than any event", eventOf("a".repeat(300_000))],
    ["nothing", ""],
  ] as const)("is none: %s", ([, xml]) => {
    expect(xmlDocument(xml)).toBeNull();
  });

  test("names from the file never reach a prototype", () => {
    const xml = eventOf("a").replaceAll('Name="X"', 'Name="__proto__"');
    expect(Object.entries(xmlDocument(xml)?.fields ?? {})).toEqual([["__proto__", "a"]]);
  });
});

test.for([
  ["<EventID>5</EventID>", 5],
  ["<EventID Qualifiers='16384'>7036</EventID>", 7036],
  ['<EventID Qualifiers="">7036</EventID>', 7036],
  ["<EventID>5</EventID><EventID>1</EventID>", -1],
  ["<EventID >5</EventID>", -1],
  ["<EventID>x</EventID>", -1],
  ["<EventID/>", -1],
  ["", -1],
] as const)("%j is number %i by its text alone", ([xml, number]) => {
  expect(xmlEventNumber(xml)).toBe(number);
});
