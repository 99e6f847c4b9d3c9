const TOKEN = /^(?:<[|｜][^<>|｜]{0,64}[|｜]>|<<\/?[A-Za-z]{1,16}>>|<\/?[A-Za-z_]{1,32}>|\[\/?[A-Z_]{2,24}\])/u;
const MOST_TOKEN = 70;
/** How an action of a template begins, and how it ends (Go templates, Jinja). */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ["{{", "}}"],
  ["{%", "%}"],
]);
const QUOTES: ReadonlySet<string> = new Set(['"', "'", "`"]);
/** Role names and headings that chat templates write around a text. */
const MARKUP: ReadonlySet<string> = new Set(
  "system user assistant model tool tools instruction instructions response human bot input output ipython prompt question answer".split(
    " ",
  ),
);
const WORD = /\p{L}+/gu;

/** What a chat template says in words: its actions go but for the texts quoted in them, and its control tokens; empty when only role names are left. */
export function templateWords(template: string): string {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  const skip = (end: number, instead: string): void => {
    parts.push(template.slice(from, at), instead);
    from = end;
    at = end;
  };
  const lastEnds = new Map(Array.from(ACTIONS.values(), (end) => [end, template.lastIndexOf(end)] as const));
  while (at < template.length) {
    const action = actionEnd(template, at, lastEnds);
    const token = tokenLength(template, at);
    if (action !== null) skip(action, ` ${quotedIn(template.slice(at + 2, action - 2))} `);
    else if (token > 0) skip(at + token, "\n");
    else at += 1;
  }
  skip(at, "");
  const text = parts.join("");
  const words = text.match(WORD) ?? [];
  return words.every((word) => MARKUP.has(word.toLowerCase())) ? "" : text;
}

/** Where the action that begins here is over; `null` when none begins or it has no end. */
function actionEnd(template: string, at: number, lastEnds: ReadonlyMap<string, number>): number | null {
  const closing = ACTIONS.get(template.slice(at, at + 2));
  if (closing === undefined || (lastEnds.get(closing) ?? -1) < at + 2) return null;
  return template.indexOf(closing, at + 2) + 2;
}

function tokenLength(template: string, at: number): number {
  const first = template.charAt(at);
  if (first !== "<" && first !== "[") return 0;
  return TOKEN.exec(template.slice(at, at + MOST_TOKEN))?.[0].length ?? 0;
}

/** The texts quoted in an action; a quote that never ends holds none. */
function quotedIn(action: string): string {
  const texts: string[] = [];
  for (let at = 0; at < action.length; at += 1) {
    const end = QUOTES.has(action.charAt(at)) ? action.indexOf(action.charAt(at), at + 1) : -1;
    if (end < 0) continue;
    texts.push(action.slice(at + 1, end));
    at = end;
  }
  return texts.join(" ");
}
