import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../../../scripts/run-command.ts";
import { captures } from "./captures.ts";

const FOLDER = join(import.meta.dirname, "../../../corpus/pcap");
const ALL = captures();

test.for(ALL)("corpus/pcap/$name.pcap is this story, its alerts beside it", async ({ name, bytes, title, alerts }) => {
  expect(await readFile(join(FOLDER, `${name}.pcap`))).toEqual(bytes);
  const beside = JSON.parse(await readFile(join(FOLDER, `${name}.eve.json`), "utf8")) as unknown;
  expect(beside).toEqual({ story: title, alerts });
});

test("every detection for packets has a capture on which it speaks and one on which it is silent", () => {
  expect(ALL.filter(({ name }) => name.endsWith("-fires")).every(({ alerts }) => alerts.length > 0)).toBe(true);
  expect(ALL.filter(({ name }) => name.endsWith("-silent")).every(({ alerts }) => alerts.length === 0)).toBe(true);
  expect(ALL.length).toBeGreaterThan(38);
});

test("tcpdump reads every capture, and every checksum is right", async () => {
  const folder = await mkdtemp(join(tmpdir(), "corral-pcap-"));
  try {
    for (const { name, bytes } of ALL) {
      const file = join(folder, `${name}.pcap`);
      await writeFile(file, bytes);
      const { code, stdout } = await runCommand(["tcpdump", "-n", "-vv", "-r", file]);
      expect(code).toBe(0);
      expect(stdout.match(/cksum 0x[\da-f]+ \(correct\)/gu)?.length ?? 0).toBe(stdout.match(/Flags \[/gu)?.length);
      expect(stdout).not.toMatch(/incorrect|bad cksum|truncated/u);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
