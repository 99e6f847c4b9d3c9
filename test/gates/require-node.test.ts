import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCommand } from "../../scripts/run-command.ts";

const CHECK = fileURLToPath(new URL("../../bin/require-node.js", import.meta.url));

/** Runs the check in a process that takes itself for the given Node. */
function checkUnder(version: string): ReturnType<typeof runCommand> {
  const disguise = `Object.defineProperty(process, "versions", { value: { node: "${version}" } })`;
  return runCommand(["node", "--import", `data:text/javascript,${encodeURIComponent(disguise)}`, CHECK]);
}

test.for(["20.20.2", "23.11.1"])("an old Node is told, with what to do: %s", async (version) => {
  const ran = await checkUnder(version);
  expect(ran.output).toContain(`error: Corral needs Node 24 or newer; this is ${version} (`);
  expect(ran.output).toContain("hint: run `npm ci`");
  expect(ran.code).toBe(2);
});

test.for(["24.0.0", "26.1.0"])("a new one passes in silence: %s", async (version) => {
  expect(await checkUnder(version)).toMatchObject({ code: 0, output: "" });
});
