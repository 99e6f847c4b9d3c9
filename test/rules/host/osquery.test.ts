import { expect, test } from "vitest";
import { runOsquery } from "./osquery-run.ts";

const run = runOsquery();

/** Its table names no program, by which Corral makes groups: given such rows alone Corral says nothing, the query does. */
const DIFFERS = [
  "model-file-outside-store: speaks: a download",
  "model-file-outside-store: speaks: Windows",
  "model-file-outside-store: speaks: the temporary folder",
  "model-file-outside-store: speaks: a file that is program and model in one",
  "model-file-outside-store: speaks: capitals",
];

test("a query says of a story what Corral says of the same rows", () => {
  const disagrees = Object.entries(run).flatMap(([id, outcome]) =>
    outcome.kind === "executed" ? outcome.disagrees.map((one) => `${id}: ${one}`) : [],
  );
  expect(disagrees).toEqual(DIFFERS);
});

test("every query runs, and what cannot be asked has its reason", () => {
  const kinds = Object.entries(run).map(([id, outcome]) => `${id} ${outcome.kind}`);
  expect(kinds.filter((one) => one.endsWith("failed"))).toEqual([]);
  expect(kinds.filter((one) => one.endsWith("executed"))).toMatchInlineSnapshot(`
    [
      "listen-on-every-address executed",
      "listen-on-local-network executed",
      "host-set-by-command executed",
      "runner-beyond-loopback executed",
      "model-server-beyond-loopback executed",
      "unexpected-child executed",
      "shell-child executed",
      "download-tool-child executed",
      "runner-child executed",
      "service-runs-foreign-program executed",
      "service-runs-dropped-program executed",
      "service-reads-secrets executed",
      "llm-framework-run executed",
      "llm-framework-install executed",
      "model-file-outside-store executed",
      "server-reaches-metadata executed",
      "server-reaches-inside executed",
      "server-reaches-odd-port executed",
      "runner-reaches-out executed",
      "service-child-reaches-out executed",
      "guard-off-by-command executed",
      "tunnel-to-model-port executed",
      "portproxy-to-model-port executed",
      "container-publishes-model-port executed",
    ]
  `);
});
