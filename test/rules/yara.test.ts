import { expect, test } from "vitest";
import { FILE_SIGNS } from "../../src/knowledge/file-signs/file-signs.ts";
import { yaraName } from "../../src/rules/print/yara.ts";
import { HAS_ENGINES } from "./engines/python-engine.ts";
import { askYara, askYaraX } from "./engines/yara-engines.ts";

const yara = await askYara();

test("a sign has at least five samples and ten look-alikes", () => {
  const short = FILE_SIGNS.filter(({ matches, lookalikes }) => matches.length < 5 || lookalikes.length < 10);
  expect(short.map(({ id }) => id)).toEqual([]);
});

test.runIf(HAS_ENGINES)("YARA-X says of every sample what YARA says", () => {
  expect(askYaraX()).toEqual(yara);
});

test.for(FILE_SIGNS.map((sign) => ({ id: sign.id, sign })))("$id", ({ id, sign }) => {
  const says = (name: string): boolean => yara[name]?.includes(yaraName(id)) ?? false;
  const missed = sign.matches.filter((_, index) => !says(`${id}-match-${index}`));
  const wrong = sign.lookalikes.filter((_, index) => says(`${id}-like-${index}`));
  expect(missed.map(({ title }) => title)).toEqual([]);
  expect(wrong.map(({ title }) => title)).toEqual([]);
});

test("ids and versions are frozen", () => {
  expect(FILE_SIGNS.map(({ id, version }) => `${id} ${version}`)).toEqual([
    "gguf-tensor-beyond-file 1",
    "gguf-counts-beyond-file 1",
    "gguf-unknown-version 1",
    "template-walks-into-python 1",
    "template-hidden-characters 1",
    "template-hidden-instruction 1",
    "modelfile-reads-system-file 1",
    "manifest-leaves-store 1",
    "pickle-runs-program 1",
    "agent-approves-all 1",
  ]);
});
