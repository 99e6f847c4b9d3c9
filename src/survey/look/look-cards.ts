import type { Verdict } from "../../classify/look/judge.ts";
import type { Notes } from "../../classify/look/notes.ts";
import type { HttpAnswer } from "../../format/http-answer.ts";
import { parseJson } from "../../format/json-guard.ts";
import { redactShow } from "../../format/show-redaction.ts";
import type { CardBody } from "../../format/show-redaction.ts";
import type { Failure } from "../../model/failure.ts";
import type { ModelEntry } from "../../model/observation.ts";
import type { PromptDoor } from "../../model/prompt-class.ts";
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
const CLOUD_NAME = /(?::|-)cloud$/iu;

/** Whether asking about the model would make its server call out to somebody else. */
function isCloudModel(entry: Pick<ModelEntry, "name" | "model" | "remote_host" | "remote_model">): boolean {
  if (entry.remote_host !== null || entry.remote_model !== null) return true;
  return CLOUD_NAME.test(entry.name.trim()) || (entry.model !== null && CLOUD_NAME.test(entry.model.trim()));
}

/** How far the cards of one look have come. */
export interface CardRound {
  readonly wish: CardWish | null;
  /** Models listed by a confirmed Ollama; none of any other. */
  readonly models: readonly ModelEntry[];
  readonly serverVersion: string;
  next: number;
  /** Digests of the cards asked for: each once, however often it is listed. */
  readonly asked: string[];
}

/** No card asked for yet. */
export function createCardRound(notes: Notes, verdict: Verdict, wish: CardWish | null): CardRound {
  const { models, version, stop } = notes;
  const isFit = wish !== null && models !== null && version !== null && stop === null && verdict.confirmed;
  return { wish, models: isFit ? models : [], serverVersion: version ?? "", next: 0, asked: [] };
}

/** The next card to ask for, of local models in the order listed; `null` when nobody wants more or the host has given enough. */
export function nextCard(round: CardRound): CardSubject | null {
  const { wish, models, serverVersion, asked } = round;
  if (wish === null || asked.length >= wish.limit) return null;
  while (round.next < models.length) {
    const entry = models[round.next];
    round.next += 1;
    if (entry === undefined || entry.digest === null || !mayAsk(entry, entry.digest, asked)) continue;
    if (!wish.wants(entry.digest, serverVersion)) continue;
    asked.push(entry.digest);
    return { name: entry.name, digest: entry.digest, serverVersion };
  }
  return null;
}

function mayAsk(entry: ModelEntry, digest: string, asked: readonly string[]): boolean {
  return DIGEST.test(digest) && !asked.includes(digest) && !isCloudModel(entry);
}

/** Reads the answer to a card's request; anything but a fitting 200 is no card. */
export function readCard(answer: HttpAnswer, door: PromptDoor): Result<CardBody, Failure | null> {
  if (answer.head.status !== 200) return fail(null);
  const parsed = parseJson(answer.body);
  return parsed.ok ? redactShow(parsed.value, door) : parsed;
}

/** Whether the server's answer to one card means that no other should be asked for. */
export function endsCards(status: number): boolean {
  return [401, 403, 407, 429, 503].includes(status);
}
