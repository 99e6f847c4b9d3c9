import { instantOf } from "../model/instant.ts";
import type { Observation } from "../model/observation.ts";
import type { Random } from "./random.ts";
import { canHold, psAnswer, tagsEntry } from "./sample-answers.ts";
import type { Holding, SampleHost } from "./sample-host.ts";
import type { SampleVersion } from "./sample-versions.ts";
import { versionNumber } from "./sample-versions.ts";

/** When and in which run a host is asked. */
export interface LookTime {
  readonly day: number;
  readonly run: string;
  readonly seenAtMs: number;
  readonly startMs: number;
  readonly random: Random;
}

/** What became of asking a host of the sample. */
export interface SampleLook {
  readonly observation: Observation;
  /** Something answered; else the row counts only for a host seen before. */
  readonly present: boolean;
  /** Of a confirmed Ollama: the version that runs that day and what it holds. */
  readonly version: SampleVersion | null;
  readonly held: readonly Holding[];
}

/** Asks a host on a day: absent, closed to strangers, an emulator, or an Ollama with all that its version can tell. */
export function lookAt(host: SampleHost, time: LookTime): SampleLook {
  const blank = blankObservation(host, time);
  const nobody = (observation: Observation, present = true): SampleLook => ({
    observation,
    present,
    version: null,
    held: [],
  });
  const living = time.day >= host.firstDay && time.day <= host.lastDay;
  if (!living || !time.random.chance(host.presence)) {
    const answer = time.random.chance(0.7) ? "silent" : "refused";
    return nobody({ ...blank, answer, failure: answer, requests: 1, duration_ms: 1_500 }, false);
  }
  switch (host.loginDay !== null && time.day >= host.loginDay ? "login" : host.manner) {
    case "login":
      return nobody({ ...blank, answer: "login", status: 401 });
    case "denied":
      return nobody({ ...blank, answer: "denied", status: 403 });
    case "koboldcpp":
      return nobody({ ...blank, answer: "open", status: 200, product: "koboldcpp", requests: 4 });
    case "other":
      return nobody({ ...blank, answer: "other", status: 200, requests: 2 });
    case "ollama":
      return ollamaLook(host, time, blank);
  }
}

function ollamaLook(host: SampleHost, time: LookTime, blank: Observation): SampleLook {
  const version = host.versions[host.upgradeDay !== null && time.day >= host.upgradeDay ? 1 : 0];
  const held = host.holdings.filter((one) => one.fromDay <= time.day && canHold(one, version.sends));
  const observation: Observation = {
    ...blank,
    answer: "open",
    status: 200,
    confirmed: true,
    product: "ollama",
    fingerprint: null,
    version: version.text,
    models: held.map((one) => tagsEntry(one, version.sends, time.startMs)),
    running: psAnswer(held, version.sends, time.random, time.seenAtMs),
    requests: version.sends >= versionNumber("0.1.38") ? 3 : 4,
    duration_ms: time.random.between(40, 900),
  };
  return { observation, present: true, version, held };
}

function blankObservation(host: SampleHost, time: LookTime): Observation {
  return {
    kind: "observation",
    schema: 1,
    scheme: "http",
    address: host.address,
    port: host.port,
    host_name: null,
    base_path: "/",
    seen_at: instantOf(time.seenAtMs),
    run: time.run,
    vantage: "outside",
    source: "corral-sample",
    answer: "other",
    confirmed: false,
    product: null,
    fingerprint: null,
    version: null,
    status: null,
    failure: null,
    signs: [],
    server: null,
    title: null,
    page: null,
    models: null,
    running: null,
    certificate: null,
    country: host.country,
    region: null,
    city: null,
    asn: host.asn,
    organisation: host.organisation,
    labels: null,
    place_source: "record",
    requests: 1,
    duration_ms: 120,
  };
}
