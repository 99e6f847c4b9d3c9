import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Complaint } from "../model/complaint.ts";
import { streamToFile } from "./stream-file.io.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-stream-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function* texts(): AsyncGenerator<string, number> {
  await Promise.resolve();
  yield "a line\n";
  return 1;
}

const write = (out: string): Promise<number> => streamToFile(out, texts(), AbortSignal.timeout(60_000));

describe("writing a stream to a file", () => {
  test("takes the place of a file that is there", async () => {
    const out = join(folder, "out");
    await writeFile(out, "older");
    expect(await write(out)).toBe(1);
    expect(await readFile(out, "utf8")).toBe("a line\n");
  });

  test("leaves alone what is neither file nor new: a socket, as a device would be", async () => {
    const out = join(folder, "socket");
    const server = createServer();
    await new Promise<void>((done) => server.listen(out, done));
    try {
      await expect(write(out)).rejects.toThrow(Complaint);
      expect((await stat(out)).isSocket()).toBe(true);
      expect(await readdir(folder)).toEqual(["socket"]);
    } finally {
      await new Promise((done) => server.close(done));
    }
  });

  test("names the folder that stands where the file belongs", async () => {
    const out = join(folder, "sub");
    await mkdir(out);
    await expect(write(out)).rejects.toMatchObject({ problems: [{ place: out, message: "is a folder" }] });
    expect(await readdir(folder)).toEqual(["sub"]);
  });
});
