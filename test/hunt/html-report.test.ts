import { afterAll, beforeAll, expect, test } from "vitest";
import { hasChromium, seenIn } from "../study/browser.ts";
import { gin, huntCase, listening } from "./hunt-case.ts";
import type { HuntCase } from "./hunt-case.ts";

const WIDE = "2001:db8:1234:5678:9abc:def0:1234:5678";
const row = (address: string, second: number, request: string): string =>
  `${address} - - [30/Jan/2026:10:06:${second} +0000] "${request} HTTP/1.1" 200 5 "-" "zgrab/0.x"\n`;

let here: HuntCase;
let page: string;

beforeAll(async () => {
  here = huntCase();
  here.write(
    "server.log",
    [
      listening("2026-01-30T10:00:00.520+00:00", "[::]:11434"),
      gin("2026/01/30 - 10:05:13", "203.0.113.9", "DELETE /api/delete"),
    ].join(""),
  );
  here.write(
    "access.log",
    [
      row(WIDE, 10, "DELETE /api/delete"),
      row("198.51.100.77", 11, `POST /api/blobs/sha256:${"a".repeat(64)}`),
      row("198.51.100.77", 12, "POST /api/create"),
      row("198.51.100.77", 13, "POST /api/push"),
      ...Array.from({ length: 21 }, (_, at) => row(`203.0.113.${at}`, 20 + at, "DELETE /api/delete")),
    ].join(""),
  );
  page = (await here.hunt(["server.log", "access.log"], { format: "html" })).out;
});
afterAll(() => {
  here.remove();
});

test("each row of the timeline leads to its alert, or to its section when that shows no more", () => {
  const targets = [...page.matchAll(/<th scope="row" data-name="Alert"><a href="#([^"]+)">#(\d+)<\/a>/gu)];
  const alert = targets.filter(([, to, number]) => to === `alert-${number ?? ""}`);
  expect(targets.length).toBeGreaterThan(alert.length);
  expect(alert.length).toBeGreaterThan(20);
  for (const [, to] of targets) expect(page.split(` id="${to ?? ""}"`).length).toBe(2);
});

test("a severity is told by a mark beside its word, a command as code", () => {
  expect(page).toContain('<span class="badge critical">critical</span>');
  expect(page).toContain('<span class="badge low">low</span>');
  expect(page).toContain("<code>ollama list</code>");
  expect(page).toContain("<code>ss <span>-Htn</span> state established &#39;sport = :11434&#39;</code>");
  expect(page.replaceAll(/<style>.*<\/style>|<pre>[^<]*<\/pre>/gsu, "")).not.toContain("`");
});

test("in Markdown a row leads nowhere, a severity is strong, a command is code", async () => {
  const { out } = await here.hunt(["server.log", "access.log"], { format: "markdown" });
  expect(out).toContain("\n| &#35;1 | 2026-01-30 10:00:00Z | **high** |");
  expect(out).toContain("Show what is left: `ollama list`.");
  expect(out).toContain("`journalctl -u ollama | grep 'Listening on' | tail -3`");
});

test.runIf(hasChromium)("no cell lies beyond a phone's edge or a screen's", { timeout: 120_000 }, async () => {
  const seen = await seenIn(page, [390, 600, 700, 1280]);
  expect(seen.map(({ width, overflow, cut }) => [width, overflow, cut])).toEqual([
    [390, 0, 0],
    [600, 0, 0],
    [700, 0, 0],
    [1280, 0, 0],
  ]);
});
