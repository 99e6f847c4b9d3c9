import { describe, expect, test } from "vitest";
import { trialDetection, tryDetections } from "../../../test/support/detect-trial.ts";
import { is } from "../../model/condition.ts";
import type { LogEvent, ProcessEvent } from "../../model/event.ts";
import { listenEvent, processEvent } from "../../model/make-event.ts";
import { rankOf } from "../version.ts";
import { heardVersions, knownChild } from "./known-child.ts";

const head = (second: number, observer: string | null = "gpu-1"): Parameters<typeof processEvent>[0] => ({
  at: second * 1000,
  observer,
  product: "auditd",
  place: { source: 0, line: 1, offset: 0, text: "" },
});
const child = (executable: string | null, commandLine: string | null = null): ProcessEvent =>
  processEvent(head(0), { executable, commandLine });

describe("children by version", () => {
  test.for<[string | null, string | null, string | null, boolean | null]>([
    ["0.33.0", "/usr/local/lib/ollama/llama-server", "llama-server --port 1", true],
    ["0.33.0", String.raw`C:\Users\x\AppData\Local\Programs\Ollama\lib\ollama\llama-server.exe`, null, true],
    ["0.33.0", "/tmp/llama-server", "llama-server --port 1", false],
    ["0.33.0", "/usr/local/bin/ollama", "ollama runner --mlx-engine", true],
    ["0.33.0", "/usr/local/bin/ollama", "ollama runner --model x", false],
    ["0.12.0", "/usr/local/bin/ollama", "/usr/local/bin/ollama runner --model x", true],
    ["0.12.0", "/usr/local/bin/ollama", "ollama runners", false],
    ["0.12.0", "/usr/local/lib/ollama/llama-server", null, false],
    ["0.12.0", "/bin/sh", "sh -c 'ollama runner'", false],
    ["0.5.1", "/tmp/ollama1/runners/cpu/ollama_llama_server", null, true],
    ["0.5.2", "/tmp/ollama1/runners/cpu/ollama_llama_server", null, false],
    ["0.30.0-rc1", "/usr/lib/ollama/llama-quantize", null, false],
    ["0.30.0", "/usr/lib/ollama/llama-quantize", null, true],
    [null, "/usr/lib/ollama/llama-quantize", null, true],
    [null, "/tmp/ollama1/runners/cpu/ollama_llama_server", null, true],
    [null, "/bin/bash", null, false],
    [null, null, "bash -c id", null],
    ["0.33.0", "", "", false],
  ])("%s: %s %s", ([version, executable, commandLine, expected]) => {
    expect(knownChild(child(executable, commandLine), rankOf(version))).toBe(expected);
  });
});

const listening = (second: number, version: string | null, observer: string | null = "gpu-1"): LogEvent =>
  listenEvent(head(second, observer), { address: "127.0.0.1", port: 11_434, by: "server-line", version });

describe("the version is the last that the same machine told", () => {
  const quantize = (second: number, observer: string | null = "gpu-1"): LogEvent =>
    processEvent(head(second, observer), { executable: "/usr/lib/ollama/llama-quantize" });
  test.for<[string, readonly LogEvent[], number]>([
    ["none told: any version's child is known", [quantize(0)], 0],
    ["an old one", [listening(0, "0.12.0"), quantize(1)], 1],
    ["brought up to date", [listening(0, "0.12.0"), quantize(1), listening(2, "0.33.0"), quantize(3)], 1],
    ["another machine's", [listening(0, "0.12.0", "gpu-2"), quantize(1)], 0],
    ["a log that names no machine", [listening(0, "0.12.0", null), quantize(1, null)], 1],
    ["a version that says nothing", [listening(0, "0.12.0"), listening(1, "0.0.0"), quantize(2)], 0],
    ["a row without version changes nothing", [listening(0, "0.12.0"), listening(1, null), quantize(2)], 1],
  ])("%s", ([, events, expected]) => {
    const detection = trialDetection(
      { kind: "each", of: "odd", by: [], withinSeconds: 0 },
      { odd: { class: "process", where: is("knownChild", false) } },
    );
    expect(tryDetections([detection], events).closed.length).toBe(expected);
  });

  test("of many machines the ones heard of longest ago are forgotten", () => {
    const heard = heardVersions();
    for (let n = 0; n < 10_000; n += 1) heard.hear(listening(n, "0.12.0", `gpu-${n}`));
    expect([heard.rank("gpu-0"), heard.rank("gpu-9999")]).toEqual([null, rankOf("0.12.0")]);
  });
});
