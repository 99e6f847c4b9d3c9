import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFarm } from "../../../test/farm/farm.ts";
import type { Farm, FarmSpec } from "../../../test/farm/farm.ts";
import { ALL_DEEDS } from "../../../test/farm/hostile.ts";
import type { Deed } from "../../../test/farm/hostile.ts";
import { lookerOptions, orderFor } from "../../../test/farm/look-order.ts";
import type { Failure } from "../../model/failure.ts";
import type { Answer } from "../../model/observation.ts";
import { createLooker } from "./look.io.ts";
import { LOOK_LIMITS } from "./look.ts";
import type { Looker } from "./look.ts";

const LIMITS = { ...LOOK_LIMITS, connectMs: 400, lookMs: 2_000, progressGraceMs: 400 };

/** What each deed at the very first request is recorded as. */
const RECORDED: Readonly<Record<Deed, readonly [Answer, Failure | null]>> = {
  silence: ["silent", "silent"],
  "endless-body": ["other", "body-too-large"],
  "endless-chunks": ["other", "body-too-large"],
  "drip-body": ["other", "no-progress"],
  "drip-header": ["other", "no-progress"],
  "stops-midway": ["other", "no-progress"],
  "length-too-short": ["other", "bad-length"],
  "length-too-long": ["other", "closed-early"],
  "length-twice": ["other", "bad-length"],
  "length-not-a-number": ["other", "bad-length"],
  "length-and-chunks": ["other", "bad-length"],
  "length-beyond-cap": ["other", "body-too-large"],
  "reset-midway": ["other", "reset"],
  "huge-header": ["other", "header-too-large"],
  "endless-header": ["other", "header-too-large"],
  "deep-json": ["other", "too-deep"],
  "bad-json": ["other", "bad-json"],
  "not-an-object": ["other", "wrong-shape"],
  "bad-utf8": ["other", "bad-utf8"],
  "control-characters": ["other", "wrong-shape"],
  "control-in-header": ["other", "bad-http"],
  "gzip-bomb": ["other", "encoded"],
  "interim-flood": ["other", "bad-http"],
  "unasked-answers": ["other", "bad-length"],
  "not-http": ["other", "bad-http"],
  "closes-midway": ["other", "closed-early"],
  redirect: ["other", "redirect"],
  "busy-503": ["other", null],
};

const FIRST: readonly FarmSpec[] = ALL_DEEDS.map((deed) => ({ kind: "hostile", deed }));
const AT_THE_LIST: readonly FarmSpec[] = ALL_DEEDS.map((deed) => ({ kind: "hostile", deed, path: "/api/tags" }));
const AT_THE_ROOT: readonly FarmSpec[] = ALL_DEEDS.map((deed) => ({ kind: "hostile", deed, path: "/" }));

let farm: Farm;
let looker: Looker;
beforeAll(async () => {
  farm = await startFarm([...FIRST, ...AT_THE_LIST, ...AT_THE_ROOT]);
  looker = createLooker(lookerOptions({ limits: LIMITS }));
});
afterAll(async () => {
  looker.close();
  await farm.close();
});

const hostAt = (index: number): Farm["hosts"][number] => {
  const host = farm.hosts[index];
  if (host === undefined) throw new Error(`no host ${index}`);
  return host;
};

describe.concurrent("a server that does it at once", () => {
  test.each(ALL_DEEDS.map((deed, index) => ({ deed, index })))("$deed", async ({ deed, index }) => {
    const { observation } = await looker.look(orderFor(hostAt(index), { target: { scheme: "http" } }));
    expect([observation?.answer, observation?.failure]).toEqual(RECORDED[deed]);
    expect(observation?.confirmed).toBe(false);
    expect(farm.asked(index).length).toBeLessThanOrEqual(6);
  });
});

describe.concurrent("a server that does it at its list", () => {
  test.each(ALL_DEEDS.map((deed, index) => ({ deed, index: ALL_DEEDS.length + index })))("$deed", async ({ index }) => {
    const { observation } = await looker.look(orderFor(hostAt(index)));
    expect(observation).toMatchObject({ answer: "other", confirmed: false, version: "0.5.1", models: null });
    expect(farm.asked(index).length).toBeLessThanOrEqual(6);
  });
});

describe.concurrent("a server that does it at its root leaves the list as it was read", () => {
  test.each(ALL_DEEDS.map((deed, index) => ({ deed, index: 2 * ALL_DEEDS.length + index })))(
    "$deed",
    async ({ index }) => {
      const { observation } = await looker.look(orderFor(hostAt(index)));
      expect(observation).toMatchObject({ answer: "open", confirmed: true, version: "0.5.1", failure: null });
      expect(observation?.models).toHaveLength(3);
      expect(farm.asked(index).length).toBeLessThanOrEqual(6);
    },
  );
});
