import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Document } from "./document.ts";
import { renderHtml } from "./html.ts";
import { outside } from "./inline.ts";
import { renderMarkdown } from "./markdown.ts";

const NAME = '<script>alert(1)</script>|`\u202e"';
const DOCUMENT: Document = {
  title: "A report",
  subtitle: ["Of ", outside(NAME)],
  label: null,
  tiles: [{ value: "1,234", name: "hosts", note: "of 2,000 asked" }],
  sections: [
    {
      id: "models",
      title: "Models",
      blocks: [
        { kind: "paragraph", text: ["Two hosts."] },
        {
          kind: "bars",
          title: "Hosts per model",
          alt: "One bar: 2 of 4 hosts",
          rows: [{ label: outside(NAME), value: 2, whole: 4, shown: "2 · 50.0%", unknown: 1 }],
        },
        {
          kind: "table",
          caption: "Models by hosts",
          columns: [
            { name: "model", holds: "text" },
            { name: "hosts", holds: "number" },
          ],
          rows: [[outside(NAME), "2"]],
        },
        { kind: "list", items: [["one"], ["two ", outside("x")]] },
        { kind: "note", text: ["A note."] },
        {
          kind: "parts",
          title: "Answers",
          alt: "3 open, 1 login",
          rows: [
            { label: "open", value: 3, shown: "3" },
            { label: "login", value: 1, shown: "1" },
          ],
        },
        {
          kind: "columns",
          title: "Days",
          alt: "1 and none",
          unit: "hosts",
          rows: [
            { label: "a", value: 1 },
            { label: "b", value: null },
          ],
        },
      ],
    },
  ],
};

describe("HTML", () => {
  const html = renderHtml(DOCUMENT);

  test("holds no script and no address, and its policy allows exactly its own style", () => {
    const style = /<style>([^]*?)<\/style>/u.exec(html)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(html).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(html).not.toMatch(/<script|<link|<img|<iframe|<object|javascript:| style=| on[a-z]+=/iu);
    expect(html.match(/https?:\/\/[^"\s]+/gu)?.filter((url) => url !== "http://www.w3.org/2000/svg")).toEqual([]);
    expect(html.match(/(?:href|src)="[^"]*"/gu)).toEqual(['href="#models"', 'href="#models"']);
  });

  test("a stranger's text is shown apart, whole and harmless, in every place", () => {
    const shown = "&lt;script&gt;alert(1)&lt;/script&gt;|`⟨U+202E⟩&quot;";
    expect(html.split(`<bdi>${shown}</bdi>`)).toHaveLength(3);
    expect(html).not.toContain("\u202e");
  });

  test("tables name their columns and rows, pictures are told in words", () => {
    expect(html).toContain("<caption><span>Models by hosts</span></caption>");
    expect(html).toContain('<th scope="col">model</th><th scope="col" class="num">hosts</th>');
    expect(html).toMatch(/<tr><th scope="row">.*<\/th><td class="num">2<\/td><\/tr>/u);
    expect(html.match(/<svg [^>]*role="img" aria-label="[^"]+"/gu)).toHaveLength(3);
  });

  test("is the same twice", () => {
    expect(renderHtml(DOCUMENT)).toBe(html);
  });
});

describe("Markdown", () => {
  test("is one block after the other", () => {
    expect(renderMarkdown(DOCUMENT)).toBe(`# A report

Of \`<script>alert(1)</script>⟨U+007C⟩⟨U+0060⟩⟨U+202E⟩"\`

- **1,234** hosts: of 2,000 asked

## Models

Two hosts.

*Hosts per model: One bar: 2 of 4 hosts*

**Models by hosts**

| model | hosts |
| --- | ---: |
| \`<script>alert(1)</script>⟨U+007C⟩⟨U+0060⟩⟨U+202E⟩"\` | 2 |

- one
- two \`x\`

*A note.*

*Answers: 3 open, 1 login*

*Days: 1 and none*
`);
  });
});

describe("a label", () => {
  const marked = { ...DOCUMENT, label: { mark: "synthetic data", sentence: "Nothing here is real." } };

  test("stands at the top and in every heading, caption and figure title", () => {
    const markdown = renderMarkdown(marked);
    expect(markdown).toContain("> **Nothing here is real.**");
    for (const title of ["# A report", "## Models", "**Models by hosts", "*Hosts per model", "*Answers", "*Days"]) {
      expect(markdown).toContain(`${title} (synthetic data)`);
    }
    const html = renderHtml(marked);
    expect(html).toContain('<p class="label" role="note">Nothing here is real.</p>');
    for (const part of ["<title>A report", ">Models", "<caption><span>Models by hosts", "<figcaption>Days"]) {
      expect(html).toContain(`${part} (synthetic data)<`);
    }
  });
});
