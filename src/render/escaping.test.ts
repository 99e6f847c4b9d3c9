import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeHtml } from "./html-escape.ts";
import { escapeMarkdown, markdownCode } from "./markdown-escape.ts";
import { shortText, visibleText } from "./visible-text.ts";

/** Any UTF-16, lone surrogates and all, with a taste for what hurts. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        "<script>",
        "\u202e",
        "\u0000",
        "\r\n",
        "|",
        "`",
        "\\",
        "](http://x/)",
        "&lt;",
        "\u2066",
        "\u{e0041}",
        "e\u0301\u0301\u0301",
      ),
    ),
  )
  .map((parts) => parts.join(""));

/** Controls, format characters, line separators and lone surrogates, by range. */
const UNSEEN: readonly (readonly [from: number, to: number])[] = [
  [0, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe007f],
];

function unseenIn(text: string): readonly number[] {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return codes.filter((code) => UNSEEN.some(([from, to]) => code >= from && code <= to));
}

describe("visible text", () => {
  test.each([
    ["llama3.2:3b", "llama3.2:3b"],
    ["a\u202eb", "a⟨U+202E⟩b"],
    ["line\nbreak\u001b[31m", "line⟨U+000A⟩break⟨U+001B⟩[31m"],
    ["\ud83d", "⟨U+D83D⟩"],
    ["モデル:7b", "モデル:7b"],
    ["🦙", "🦙"],
    ["\u{e0041}x", "⟨U+E0041⟩x"],
    ["Z\u0300\u0301\u0302\u0303a", "Z\u0300\u0301⟨marks⟩a"],
  ])("%j becomes %j", (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  test("a megabyte becomes a line with its length", () => {
    expect(visibleText("x".repeat(1_048_576))).toBe(`${"x".repeat(120)}… (1048576 characters)`);
    expect(visibleText("🦙".repeat(200))).toBe(`${"🦙".repeat(120)}… (400 characters)`);
    expect(shortText("x".repeat(1_048_576), 10)).toBe("xxxxxxxxx…");
    expect(shortText("\u202e".repeat(20), 10)).toBe("⟨U+202E⟩⟨…");
  });

  test("nothing unseen and nothing endless gets through", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = visibleText(text);
        expect(unseenIn(shown)).toEqual([]);
        expect(shown.length).toBeLessThanOrEqual(10 * 120 + 40);
      }),
    );
  });
});

describe("HTML", () => {
  test("what is escaped holds no markup and reads back as the visible text", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/u);
        expect(unescapeHtml(escaped)).toBe(visibleText(text, 4_000));
      }),
    );
  });
});

describe("Markdown", () => {
  test.each([
    ["[click](http://198.51.100.1/)", "&#91;click&#93;(http://198.51.100.1/)"],
    ["**bold** _it_ Q4_K_M", "&#42;&#42;bold&#42;&#42; &#95;it&#95; Q4_K_M"],
    ["a | b <b> & `c`", "a &#124; b &#60;b&#62; &#38; &#96;c&#96;"],
  ])("our words %j become %j", (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  test.each([
    ["llama3.2:3b", "`llama3.2:3b`"],
    ["www.example.com", "`www.example.com`"],
    ["a`b|c\\d", "`a⟨U+0060⟩b⟨U+007C⟩c⟨U+005C⟩d`"],
    ["", "(blank)"],
    ["  ", "(blank)"],
  ])("a stranger's %j becomes %j", (text, code) => {
    expect(markdownCode(text)).toBe(code);
  });

  test("a stranger's text is one code span on one line, in one table cell", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(markdownCode(text)).toMatch(/^(?:`[^`|\\\r\n]+`|\(blank\))$/u);
      }),
    );
  });
});

/** The five references that `escapeHtml` writes, read back. */
function unescapeHtml(text: string): string {
  const meanings: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => meanings[name] ?? "");
}
