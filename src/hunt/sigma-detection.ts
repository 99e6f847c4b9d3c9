import type { SigmaJob } from "../classify/sigma/link-rules.ts";
import type { Detection } from "../model/detection.ts";
import type { SigmaHead } from "../model/sigma.ts";
import { uuidV5 } from "../render/uuid-v5.ts";
import { visibleText } from "../render/visible-text.ts";

/** Names of rules without an id of their own. */
const NAMESPACE = "0d2b8c0e-6f0b-5a55-9d35-2f6f9bb8f1c4";
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu;
const TECHNIQUE = /^attack\.(t\d{4}(?:\.\d{3})?)$/iu;
const LONGEST = 400;
const LONGEST_TEXT = 4000;

/** What a person's rule says of itself, for outputs that tell more of it than a detection has. */
export interface OwnRule {
  readonly id: string | null;
  readonly name: string | null;
  readonly level: string | null;
  readonly tags: readonly string[];
  /** `rules/web.yml:12:1` */
  readonly place: string;
}

/** A rule as alerts and outputs name it. */
export interface SigmaDetection {
  readonly detection: Detection;
  readonly rule: OwnRule;
}

/** A person's rules as detections, in the order of the jobs; ids begin with `sigma-`, each is there once. */
export function sigmaDetections(jobs: readonly SigmaJob[]): readonly SigmaDetection[] {
  const taken = new Set<string>();
  return jobs.map(({ head }) => {
    const name = idOf(head);
    let id = name;
    for (let number = 2; taken.has(id); number += 1) id = `${name}-${number}`;
    taken.add(id);
    return { detection: detectionOf(head, id), rule: ruleOf(head) };
  });
}

function idOf({ id, name, place }: SigmaHead): string {
  return `sigma-${(id ?? name ?? place).replaceAll(/[^\w.-]+/gu, "-").slice(0, 100)}`;
}

function ruleOf({ id, name, level, tags, place }: SigmaHead): OwnRule {
  const shown = (text: string | null): string | null => (text === null ? null : visibleText(text, LONGEST));
  return {
    id: shown(id),
    name: shown(name),
    level,
    tags: tags.map((tag) => visibleText(tag)),
    place: visibleText(place, LONGEST),
  };
}

function detectionOf(head: SigmaHead, id: string): Detection {
  const place = visibleText(head.place, LONGEST);
  const attack = head.tags.flatMap((tag) => TECHNIQUE.exec(tag)?.[1]?.toUpperCase() ?? []);
  return {
    id,
    uuid:
      head.id !== null && UUID.test(head.id)
        ? head.id.toLowerCase()
        : uuidV5(NAMESPACE, head.id ?? head.name ?? head.place),
    title: `${visibleText(head.title, LONGEST)} (your Sigma rule)`,
    hypothesis: visibleText(head.description === "" ? head.title : head.description, LONGEST_TEXT),
    severity: head.severity,
    lifecycle: "experimental",
    version: 1,
    since: "",
    changed: "",
    selections: {},
    correlation: { kind: "each", of: "", by: [], withinSeconds: 0 },
    falsePositives: head.falsePositives.map((text) => visibleText(text, LONGEST)),
    blindTo: [],
    ids: { attack, attackBefore: [], atlas: [], owaspLlm: [] },
    references: head.references.map((text) => visibleText(text, LONGEST)),
    whatNow: { confirm: [`Your own rule spoke: ${place} says what it looks for.`], contain: [], recover: [] },
    fires: [],
    silent: [],
  };
}
