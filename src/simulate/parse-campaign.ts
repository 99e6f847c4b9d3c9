import { checkAgainst } from "../format/schema-problems.ts";
import { inFileOrder, readYaml, type YamlPath } from "../format/yaml-document.ts";
import { epochMsOf } from "../model/instant.ts";
import type { Problem } from "../model/complaint.ts";
import { fail, ok, type Result } from "../model/result.ts";
import { visibleText } from "../render/visible-text.ts";
import type { CampaignModel } from "./campaign-model.ts";
import { campaignFileSchema } from "./campaign-schema.ts";
import { NAMED_MODELS } from "./named-models.ts";

/** Something in a model that cannot be, and where. */
export interface ModelFault {
  readonly path: YamlPath;
  readonly message: string;
}

const LONGEST_WORDS = 400;

/** Reads `campaign.yaml`; every problem at once, each with file, line and key. */
export function parseCampaign(source: string, fileName: string): Result<CampaignModel, readonly Problem[]> {
  const document = readYaml(source, fileName);
  if (!document.ok) return fail(document.error.map(shown));
  const verdict = checkAgainst(campaignFileSchema, document.value);
  if (verdict.value === null) return fail(inFileOrder(verdict.problems, fileName).map(shown));
  const { base = "default", ...changes } = verdict.value;
  const model: CampaignModel = { ...NAMED_MODELS[base], ...changes };
  const problems = modelFaults(model).map(({ path, message }) => ({ place: document.value.placeOf(path), message }));
  return problems.length === 0 ? ok(model) : fail(inFileOrder(problems, fileName).map(shown));
}

function shown({ place, message }: Problem): Problem {
  return { place: visibleText(place, LONGEST_WORDS), message: visibleText(message, LONGEST_WORDS) };
}

/** What a schema cannot see: names that nobody bears, numbers that contradict each other. */
export function modelFaults(model: CampaignModel): readonly ModelFault[] {
  return [...timeFaults(model), ...nameFaults(model), ...amountFaults(model)];
}

function timeFaults(model: CampaignModel): ModelFault[] {
  const faults: ModelFault[] = [];
  if (epochMsOf(model.from) === null) faults.push({ path: ["from"], message: "is no day of the calendar" });
  for (const key of ["missingDays", "partialDays"] as const) {
    for (const [at, day] of model[key].entries()) {
      if (day >= model.days) faults.push({ path: [key, at], message: `lies behind the last day, ${model.days - 1}` });
    }
  }
  const asked = new Set(Array.from({ length: model.days }, (_, day) => day));
  for (const day of [...model.missingDays, ...model.partialDays]) asked.delete(day);
  if (asked.size === 0) faults.push({ path: ["missingDays"], message: "no whole day is left" });
  for (const [at, { released }] of model.versions.entries()) {
    if (epochMsOf(released) === null)
      faults.push({ path: ["versions", at, "released"], message: "is no day of the calendar" });
  }
  const isOut = model.versions.some(
    ({ released, sends, version }) => released <= model.from && (sends ?? version) !== "",
  );
  if (!isOut) faults.push({ path: ["versions"], message: `none is released by ${model.from}` });
  return faults;
}

function nameFaults(model: CampaignModel): ModelFault[] {
  const faults: ModelFault[] = [];
  const names = model.models.map(({ name }) => name);
  const known = new Set(names);
  const lives = new Set(model.lives.map(({ name }) => name));
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) !== at) faults.push({ path: ["models", at, "name"], message: "is there twice" });
  }
  const unknown = (path: YamlPath, name: string): void => {
    if (!known.has(name)) faults.push({ path, message: `${JSON.stringify(name)} is no name in models` });
  };
  for (const [at, { model: name }] of model.extras.entries()) unknown(["extras", at, "model"], name);
  for (const [at, profile] of model.profiles.entries()) {
    for (const name of Object.keys(profile.models)) unknown(["profiles", at, "models", name], name);
    for (const [group, members] of profile.allOf.entries()) {
      for (const name of members) unknown(["profiles", at, "allOf", group], name);
    }
    for (const name of Object.keys(profile.lives)) {
      if (!lives.has(name)) faults.push({ path: ["profiles", at, "lives", name], message: "is no name in lives" });
    }
  }
  if (model.profiles.every(({ since, share }) => since !== null || share === 0)) {
    faults.push({ path: ["profiles"], message: "one must be open to every version: since null, share above 0" });
  }
  return faults;
}

function amountFaults(model: CampaignModel): ModelFault[] {
  const faults: ModelFault[] = [];
  const weighed = {
    lives: model.lives,
    networks: model.networks,
    countries: model.countries,
    ports: model.ports,
    versions: model.versions,
  };
  for (const [key, rows] of Object.entries(weighed)) {
    if (rows.every(({ share }) => share === 0)) faults.push({ path: [key], message: "has no share above 0" });
  }
  for (const [at, { looks, uptime }] of model.lives.entries()) {
    if (looks[0] > looks[1]) faults.push({ path: ["lives", at, "looks"], message: "the most come before the fewest" });
    if (uptime[0] > uptime[1])
      faults.push({ path: ["lives", at, "uptime"], message: "the highest comes before the lowest" });
  }
  const { login, denied, web, koboldcpp } = model.others;
  const asked = Math.ceil(model.hosts * (1 + model.secondServices + login + denied + web + koboldcpp)) + 1;
  if (model.targets < asked) {
    faults.push({ path: ["targets"], message: `a run asks ${asked} services that exist; there are fewer targets` });
  }
  return faults;
}
