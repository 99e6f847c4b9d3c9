import type { Verdict } from "../../classify/look/judge.ts";
import type { Notes } from "../../classify/look/notes.ts";
import type { HttpAnswer } from "../../format/http-answer.ts";
import { parseJson } from "../../format/json-guard.ts";
import { redactShow } from "../../format/show-redaction.ts";
import type { CardBody } from "../../format/show-redaction.ts";
import type { Failure } from "../../model/failure.ts";
import type { ModelEntry } from "../../model/observation.ts";
import { fail } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { CardWish } from "./look.ts";

/** A model whose card is worth asking for; everything the server claims of it. */
export interface CardSubject {
  readonly name: string;
  readonly digest: string;
  readonly serverVersion: string;
}

const DIGEST = /^[0-9a-f]{64}$/u;
const CLOUD_NAME = /(?::|-)cloud$/u;

/** Whether asking about the model would make its server call out to somebody else. */
export function isCloudModel(entry: Pick<ModelEntry, "name" | "model" | "remote_host" | "remote_model">): boolean {
  if (entry.remote_host !== null || entry.remote_model !== null) return true;
  return [entry.name, entry.model].some((name) => name !== null && CLOUD_NAME.test(name.trim().toLowerCase()));
}

/** Cards one look could ask for: local models of a confirmed Ollama, each digest once, in the order listed. */
export function cardSubjects(notes: Notes, verdict: Verdict): readonly CardSubject[] {
  const { models, version } = notes;
  if (models === null || version === null || notes.stop !== null || !verdict.confirmed) return [];
  const subjects = new Map<string, CardSubject>();
  for (const entry of models) {
    const { name, digest } = entry;
    if (digest === null || !DIGEST.test(digest) || isCloudModel(entry) || subjects.has(digest)) continue;
    subjects.set(digest, { name, digest, serverVersion: version });
  }
  return [...subjects.values()];
}

/** How far the cards of one look have come. */
export interface CardRound {
  readonly wish: CardWish | null;
  readonly subjects: readonly CardSubject[];
  next: number;
  asked: number;
}

/** No card asked for yet. */
export function createCardRound(notes: Notes, verdict: Verdict, wish: CardWish | null): CardRound {
  return { wish, subjects: wish === null ? [] : cardSubjects(notes, verdict), next: 0, asked: 0 };
}

/** The next card to ask for; `null` when nobody wants more or the host has given enough. */
export function nextCard(round: CardRound): CardSubject | null {
  const { wish } = round;
  if (wish === null || round.asked >= wish.limit) return null;
  for (; round.next < round.subjects.length; round.next += 1) {
    const subject = round.subjects[round.next];
    if (subject === undefined || !wish.wants(subject.digest, subject.serverVersion)) continue;
    round.next += 1;
    round.asked += 1;
    return subject;
  }
  return null;
}

/** Reads the answer to a card's request; anything but a fitting 200 is no card. */
export function readCard(answer: HttpAnswer): Result<CardBody, Failure | null> {
  if (answer.head.status !== 200) return fail(null);
  const parsed = parseJson(answer.body);
  return parsed.ok ? redactShow(parsed.value) : parsed;
}

/** Whether the server's answer to one card means that no other should be asked for. */
export function endsCards(status: number): boolean {
  return [401, 403, 407, 429, 503].includes(status);
}
