import type { CatalogueModel } from "./campaign-model.ts";
import type { Holding } from "./holding.ts";
import type { Network } from "./places.ts";
import { SENDS, type Segment } from "./segment.ts";
import { instantOf } from "../model/instant.ts";

/** What stands at a port that is no open Ollama. */
export type OtherAnswer = "login" | "denied" | "other" | "silent" | "refused" | "koboldcpp";

/** Where a host is said to be. */
export interface PlaceText {
  readonly country: string;
  readonly region: string | null;
  readonly network: Network;
}

const sizeBytes = (model: CatalogueModel): number => Math.round(model.gigabytes * 1e9);
const quoted = (text: string | null): string => (text === null ? "null" : JSON.stringify(text));
const listed = (texts: readonly string[] | null): string => (texts === null ? "null" : JSON.stringify(texts));

/** The line up to its time. */
export function headText(address: string, port: number): string {
  return `{"kind":"observation","schema":1,"scheme":"http","address":"${address}","port":${port},"host_name":null,"base_path":"/","seen_at":"`;
}

/** From the run on: who looked. */
export function runText(run: string, source: string): string {
  return `Z","run":"${run}","vantage":"outside","source":${quoted(source)},"answer":"`;
}

/** From the answer on, of an open Ollama, up to what is loaded. */
export function openText(segment: Segment, product: "ollama" | null, signs: readonly string[]): string {
  return (
    `open","confirmed":true,"product":${quoted(product)},"fingerprint":null,"version":${quoted(segment.release.version)},` +
    `"status":200,"failure":null,"signs":${listed(signs)},"server":null,"title":null,"page":null,"models":${listText(segment)},"running":`
  );
}

/** From the certificate on, up to the duration. */
export function placeText({ country, region, network }: PlaceText, requests: number): string {
  const { kind, asn, organisation } = network;
  return (
    `,"certificate":null,"country":${quoted(country)},"region":${quoted(region)},"city":null,"asn":${asn},` +
    `"organisation":${quoted(organisation)},"labels":${listed(kind.label === null ? null : [kind.label])},"place_source":"record",` +
    `"requests":${requests},"duration_ms":`
  );
}

const STATUS: Readonly<Record<OtherAnswer, number | null>> = {
  login: 401,
  denied: 403,
  other: 200,
  koboldcpp: 200,
  silent: null,
  refused: null,
};

/** KoboldCpp plays Ollama's list with one model that never changes (facts on Ollama's API, emulators). */
const KOBOLD_LIST =
  '[{"name":"koboldcpp/example:latest","model":"koboldcpp/example:latest","modified_at":"2024-07-19T15:26:55.6122841+08:00","size":394998579,' +
  '"digest":"b5dc5e784f2a3ee1582373093acf69a2f4e2ac1710b253a001712b86a61f88bb","details":{"parent_model":"","format":"gguf","family":"koboldcpp",' +
  '"families":["koboldcpp"],"parameter_size":"128M","quantization_level":"Q4_0","context_length":null,"embedding_length":null},' +
  '"capabilities":null,"remote_model":null,"remote_host":null}]';

/** From the answer on, of whatever is no open Ollama, up to what is loaded. */
export function otherText(answer: OtherAnswer): string {
  const isKobold = answer === "koboldcpp";
  const isAway = answer === "silent" || answer === "refused";
  return (
    `${isKobold ? "open" : answer}","confirmed":${isKobold},"product":${isKobold ? '"koboldcpp"' : "null"},"fingerprint":null,` +
    `"version":${isKobold ? '"0.7.0"' : "null"},"status":${STATUS[answer]},"failure":${isAway ? `"${answer}"` : "null"},"signs":[],"server":null,` +
    `"title":null,"page":null,"models":${isKobold ? KOBOLD_LIST : "null"},"running":null`
  );
}

function listText({ entries, release }: Segment): string {
  return entries === null ? "null" : `[${entries.map((entry) => entryText(entry, release.number)).join(",")}]`;
}

/** What of an entry does not depend on the host: cut at its time and its digest. */
interface EntryPieces {
  readonly beforeStamp: string;
  readonly afterStamp: string;
  readonly afterDigest: string;
}

const pieces = new WeakMap<CatalogueModel, Map<string, EntryPieces>>();

function entryText(holding: Holding, version: number): string {
  const known = pieces.get(holding.model) ?? new Map<string, EntryPieces>();
  pieces.set(holding.model, known);
  const kind = `${holding.name} ${version >= SENDS.details} ${version >= SENDS.model} ${version >= SENDS.tagsCapabilities}`;
  const made = known.get(kind) ?? piecesOf(holding, version);
  known.set(kind, made);
  return made.beforeStamp + holding.stamp + made.afterStamp + holding.digest + made.afterDigest;
}

function piecesOf({ model, name }: Holding, version: number): EntryPieces {
  const tellsModel = version >= SENDS.model;
  const tellsWords = version >= SENDS.tagsCapabilities && !model.cloud;
  const details =
    `{"parent_model":${tellsModel ? '""' : "null"},"format":${model.cloud ? '""' : '"gguf"'},"family":${quoted(model.family)},` +
    `"families":${listed(model.families)},"parameter_size":${quoted(model.parameterSize)},"quantization_level":${quoted(model.quantization)},` +
    `"context_length":${tellsWords ? 32_768 : "null"},"embedding_length":${tellsWords ? 4_096 : "null"}}`;
  return {
    beforeStamp: `{"name":${quoted(name)},"model":${tellsModel ? quoted(name) : "null"},"modified_at":"`,
    afterStamp: `","size":${sizeBytes(model)},"digest":"`,
    afterDigest:
      `","details":${version >= SENDS.details ? details : "null"},"capabilities":${tellsWords ? listed(model.capabilities) : "null"},` +
      `"remote_model":${model.cloud ? quoted(name.replace(/[-:]cloud$/u, "")) : "null"},"remote_host":${model.cloud ? '"https://ollama.com:443"' : "null"}}`,
  };
}

/** What is loaded: `count` models of the list, beginning with any of them. */
export function runningText(
  loadable: readonly Holding[],
  count: number,
  first: number,
  expiresMs: number | null,
  version: number,
): string {
  const parts: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const holding = loadable[(first + at) % loadable.length];
    if (holding === undefined) break;
    const size = Math.round(sizeBytes(holding.model) * 1.2);
    parts.push(
      `{"name":${quoted(holding.name)},"digest":"${holding.digest}","size":${size},"size_vram":${size},` +
        `"context_length":${version >= SENDS.runningContext ? 4_096 : "null"},"expires_at":${expiresMs === null ? "null" : `"${instantOf(expiresMs)}"`}}`,
    );
  }
  return `[${parts.join(",")}]`;
}
