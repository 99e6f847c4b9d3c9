import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LOG_GRAMMARS } from "../../src/format/log/grammars.ts";
import { blindDetections } from "../../src/hunt/blind-detections.ts";
import { runHunt } from "../../src/hunt/hunt-command.io.ts";
import { DETECTIONS } from "../../src/knowledge/detections/detections.ts";
import { LOG_SETTING, readLog } from "../support/log-reading.ts";
import { testTerminal } from "../support/test-terminal.ts";
import type { ToldHunt } from "./hunt-case.ts";

const CORPUS = join(import.meta.dirname, "../../corpus/log");
const COMPARING = Object.values(DETECTIONS).filter(({ correlation }) => correlation.kind === "disagree");

let folder = "";
let told: ToldHunt;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "corral-hunt-"));
  const terminal = testTerminal(folder);
  await runHunt([CORPUS], { json: true }, terminal);
  told = JSON.parse(terminal.written.out) as ToldHunt;
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("a hunt over the whole corpus takes every log for what its folder says", () => {
  const wrong = told.logs
    .filter(({ files }) => files.some((file) => file.endsWith(".log")))
    .map(({ files, grammars }) => ({ named: files[0]?.split("/").at(-2), grammars }))
    .filter(({ named, grammars }) => grammars[0] !== named);
  expect(wrong).toEqual([]);
  expect(told.logs.length).toBeGreaterThan(30);
});

test("its alerts come in the order of time, and each stands on a row that is there", () => {
  const times = told.alerts.map(({ first_at: at }) => at);
  expect(times.length).toBeGreaterThan(10);
  expect(times).toEqual(times.toSorted());
  const rows = told.alerts.flatMap(({ evidence }) => evidence);
  const plain = rows.filter(({ file }) => /\/(?:access-log|ollama-server|zeek-json|syslog|netfilter)\//u.test(file));
  expect(plain.length).toBeGreaterThan(10);
  for (const { file, offset, line, row } of plain) {
    const text = readFileSync(file);
    expect(
      text.subarray(offset).toString().split("\n")[0]!.replaceAll("\t", "⟨U+0009⟩").replaceAll("\u001b", "⟨U+001B⟩"),
    ).toBe(row.split("⟨U+000A⟩")[0]);
    expect(text.subarray(0, offset).toString().split("\n").length).toBe(line);
  }
});

const FILES = readdirSync(CORPUS).flatMap((id) =>
  readdirSync(join(CORPUS, id))
    .filter((name) => name.endsWith(".log"))
    .map((name) => ({ id, name })),
);

test.for(FILES)("$id/$name tells nothing that comparisons were left out for", ({ id, name }) => {
  const grammar = LOG_GRAMMARS.find((one) => one.id === id);
  if (grammar === undefined) throw new Error(`no grammar ${id}`);
  const { events } = readLog(grammar, readFileSync(join(CORPUS, id, name), "utf8"), LOG_SETTING);
  const seesConnections = events.some((one) => one["class"] === "network");
  const claims = events.some((one) => one["class"] === "http" && one["sourceTrust"] === "claimed");
  const confirms = events.some((one) => one["class"] === "http" && one["sourceTrust"] === "connection");
  const blindBeside = (other: string): readonly string[] =>
    blindDetections(COMPARING, [id, other]).map((one) => one.id);
  // Beside the server's own log, what sees connections or confirms addresses lets the comparisons of its kind speak.
  const unseen = blindBeside("ollama-server");
  const ofClass = (wanted: string): readonly string[] =>
    COMPARING.filter(({ selections, correlation }) => {
      const seen = correlation.kind === "disagree" ? correlation.seen : "";
      return Object.entries(selections).some(([key, one]) => key === seen && one.class === wanted);
    }).map((one) => one.id);
  expect(seesConnections ? unseen.filter((one) => ofClass("network").includes(one)) : []).toEqual([]);
  expect(confirms ? unseen.filter((one) => ofClass("http").includes(one)) : []).toEqual([]);
  // What claims addresses lets them speak beside a log of connections.
  expect(claims ? blindBeside("zeek-tsv") : []).toEqual([]);
});
