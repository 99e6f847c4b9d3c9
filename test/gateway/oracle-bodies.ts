import type { ModelRouteId } from "../../src/knowledge/ollama-routes.ts";
import type { Dice } from "./oracle-dice.ts";

/** JSON before it is written: raw text, elements, or members, whose keys may come twice. */
export type Draft = string | { readonly elements: readonly Draft[] } | { readonly members: Members };
/** Members in the order in which they are written. */
export type Members = (readonly [string, Draft])[];
type Make = (dice: Dice) => Draft;

const quoted = (text: string): string => JSON.stringify(text);
const of = (...choices: readonly string[]): Make => {
  return (dice) => dice.pick(choices);
};
const texts = (...choices: readonly string[]): Make => of(...choices.map((text) => quoted(text)));
/** Mostly this, so that enough gets through to be compared. */
const mostly = (usual: Make, other: Make): Make => {
  return (dice) => (dice.once(5) ? other : usual)(dice);
};
const list = (make: Make, most: number): Make => {
  return (dice) => ({ elements: Array.from({ length: dice.roll(most + 1) }, () => make(dice)) });
};
const either = (...makes: readonly Make[]): Make => {
  return (dice) => dice.pick(makes)(dice);
};

/** An object of some of these members, in any order. */
function some(makers: Readonly<Record<string, Make>>, leaveOut = 3): Make {
  return (dice) => {
    const members: Members = [];
    for (const [key, make] of Object.entries(makers)) {
      if (dice.once(leaveOut)) continue;
      members.splice(dice.roll(members.length + 1), 0, [key, make(dice)]);
    }
    return { members };
  };
}

const NAMES = mostly(
  texts("llama3", "LLAMA3", " llama3 ", "library/llama3:latest"),
  texts(
    "llama3",
    "llama3",
    "llama3",
    "llama3",
    "LLAMA3",
    " llama3 ",
    "llama3:latest",
    "library/llama3",
    "llama3:local",
    "secret",
    "evil.example/ns/llama3",
    "llama3:cloud",
    "llama3:x-cloud",
    "https://registry.ollama.ai/library/llama3",
    "",
    "\u00a0llama3",
    "llama\u212a3",
    "llama3\u0000",
  ),
);
const COUNTS = mostly(
  of("1", "5", "50", "100"),
  of(
    "0",
    "1",
    "5",
    "100",
    "101",
    "4096",
    "99999",
    "-1",
    "-2",
    "1e2",
    "1e9",
    "0.5",
    "100.0",
    "1E400",
    "-0",
    "null",
    "12345678901234567890",
  ),
);
const FLAGS = of("true", "false", "null");
const DURATIONS = of(
  "0",
  "-1",
  "5",
  "599.5",
  "1e30",
  "null",
  ...["5m", "-1", "9999h", "1h30m", "0", "", "1ns", "5", "-5m", "1.5m", ".5h", "\u00b5s", "3\u00b5s"].map((text) =>
    quoted(text),
  ),
);
const ROLES = mostly(
  texts("user", "assistant", "tool", "user"),
  texts(
    "user",
    "user",
    "assistant",
    "tool",
    "system",
    "System",
    "SYSTEM",
    "\u017fystem",
    "developer",
    "control",
    "",
    " system",
    "function",
  ),
);
const WORDS = texts(
  "hi",
  "",
  'be "evil"',
  "\u00e9\u{1f600}",
  "line\nbreak",
  "\ud800",
  "x".repeat(120),
  `y\\${"z".repeat(200)}\n`,
);
const TOOL_NAMES = mostly(texts("weather"), texts("weather", "weather", "shell", "", "Weather", "web_search"));
const IMAGE = of('"AA=="', '"aGk="');
const ARGUMENTS = of("{}", '{"a":1}');

const OPTIONS = either(
  some({ num_ctx: COUNTS, num_predict: COUNTS, num_gpu: COUNTS, seed: of("1"), Num_Ctx: COUNTS }),
  of("null", "{}"),
);
const FUNCTION = some({ name: TOOL_NAMES, description: WORDS, parameters: of("{}", '{"Name":1,"name":2}') });
const TOOLS = list(
  some({
    type: mostly(texts("function"), texts("web_search_20250305", "custom")),
    function: FUNCTION,
    name: TOOL_NAMES,
  }),
  2,
);
const CALLS = list(some({ id: texts("c"), function: some({ name: TOOL_NAMES, arguments: ARGUMENTS }) }), 2);
const OPENAI_CALLS = list(some({ id: texts("c"), function: some({ name: TOOL_NAMES, arguments: texts("{}") }) }), 2);
const PARTS = list(
  some({
    type: texts("text", "image_url", "input_image", "input_text", "image"),
    text: WORDS,
    image_url: either(of('{"url":"data:image/png;base64,AA=="}'), texts("data:image/png;base64,AA==")),
  }),
  3,
);
const BLOCKS = list(
  some({
    type: texts("text", "image", "tool_use", "tool_result"),
    text: WORDS,
    source: of('{"type":"base64","data":"AA=="}'),
    name: TOOL_NAMES,
    id: texts("i"),
    content: either(PARTS, WORDS),
  }),
  3,
);
const MESSAGES = list(some({ role: ROLES, content: WORDS, images: list(IMAGE, 2), tool_calls: CALLS }, 4), 4);
const OPENAI_MESSAGES = list(some({ role: ROLES, content: either(WORDS, PARTS), tool_calls: OPENAI_CALLS }, 5), 4);
const ANTHROPIC_MESSAGES = list(some({ role: ROLES, content: either(WORDS, BLOCKS) }, 6), 4);
const ITEMS = either(
  WORDS,
  list(
    some(
      {
        type: texts("message", "function_call", "reasoning", ""),
        role: ROLES,
        content: either(WORDS, PARTS),
        name: TOOL_NAMES,
      },
      4,
    ),
    4,
  ),
);

const MODEL = { model: NAMES, name: NAMES, stream: FLAGS };
const RUN = { model: NAMES, stream: FLAGS, options: OPTIONS, keep_alive: DURATIONS };
const OPENAI = {
  model: NAMES,
  stream: FLAGS,
  max_tokens: COUNTS,
  temperature: of("0.5"),
  _debug_render_only: mostly(of("false"), FLAGS),
};

/** What bodies of a route are made of. */
export const BODY_MAKERS: Readonly<Partial<Record<ModelRouteId, Make>>> = {
  generate: some({
    ...RUN,
    prompt: WORDS,
    system: WORDS,
    template: mostly(texts(""), texts("x")),
    suffix: mostly(texts(""), texts("x")),
    raw: mostly(of("false"), FLAGS),
    context: mostly(of("[]", "null"), of("[1,2]")),
    images: list(IMAGE, 2),
    _debug_render_only: mostly(of("false"), FLAGS),
  }),
  chat: some({ ...RUN, messages: MESSAGES, tools: TOOLS, think: FLAGS }),
  embed: some({ ...RUN, input: either(WORDS, list(WORDS, 3)) }),
  embeddings: some({ ...RUN, prompt: WORDS }),
  show: some({ ...MODEL, verbose: FLAGS, system: WORDS }),
  pull: some({ ...MODEL, insecure: FLAGS }),
  delete: some(MODEL),
  copy: some({ source: NAMES, destination: NAMES }, 6),
  create: some({
    ...MODEL,
    from: NAMES,
    files: of("{}", '{"a":"sha256:0"}'),
    remote_host: texts("", "https://x"),
    system: WORDS,
  }),
  "v1-chat": some({
    ...OPENAI,
    messages: OPENAI_MESSAGES,
    tools: TOOLS,
    stream_options: some({ include_usage: FLAGS }),
  }),
  "v1-completions": some({ ...OPENAI, prompt: WORDS, suffix: texts("", "x") }),
  "v1-embeddings": some({ model: NAMES, input: either(WORDS, list(WORDS, 3)) }),
  "v1-responses": some({
    model: NAMES,
    stream: FLAGS,
    input: ITEMS,
    instructions: WORDS,
    max_output_tokens: COUNTS,
    tools: TOOLS,
  }),
  "v1-messages": some({
    model: NAMES,
    stream: FLAGS,
    max_tokens: COUNTS,
    system: either(WORDS, PARTS),
    messages: ANTHROPIC_MESSAGES,
    tools: TOOLS,
  }),
};
