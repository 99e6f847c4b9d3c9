/** What a prompt may ask for that harms people, as the study named it (facts of January 2026, row 51); the gravest first. */
export const HARM_CLASSES = ["child-abuse", "hacking", "data-theft", "fraud", "violence", "hate"] as const;
export type HarmClass = (typeof HARM_CLASSES)[number];

/**
 * Classes of a system prompt or chat template. `guard-off`: it takes the model's guard away. `benign`: read, and no sign seen.
 * `unread`: in a script that the signs do not know, so nothing can be told. `none`: the server showed it, and it holds no words.
 */
export const PROMPT_CLASSES = [...HARM_CLASSES, "guard-off", "benign", "unread", "none"] as const;
export type PromptClass = (typeof PROMPT_CLASSES)[number];

/** UTF-16 units of a prompt that are read: its beginning and, of a longer one, its end. */
export const PROMPT_READ_UNITS = 16_384;

/** Which of the two texts of a card it is: a template's markup is no text. */
export type PromptKind = "system" | "template";

/** What the signs say of one text. */
export interface PromptJudgement {
  readonly class: PromptClass;
  /** Ids of the signs seen, in the order of the table. */
  readonly signs: readonly string[];
  /** Weight of the class's own signs; 0 for `benign`, `unread` and `none`. */
  readonly score: number;
  readonly signs_version: number;
}

/** Judges prompts at the door, before their text is dropped; `keepsText` only for a scope of one's own network that says so. */
export interface PromptDoor {
  judge(text: string, kind: PromptKind): PromptJudgement;
  readonly keepsText: boolean;
}
