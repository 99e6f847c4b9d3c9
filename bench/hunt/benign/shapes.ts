/** One request of an honest client. */
export interface BenignRequest {
  readonly Method: string;
  readonly Path: string;
  readonly Body?: string;
  readonly Headers: Readonly<Record<string, string>>;
}

const CHAT = JSON.stringify({ model: "example-chat", messages: [{ role: "user", content: "hello" }], stream: false });
const EMBED = JSON.stringify({ model: "example-embed", input: ["a", "b", "c"] });
const PAGE = {
  Origin: "http://localhost:3000",
  "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
};

const ask = (
  line: string,
  agent: string,
  Body?: string,
  headers: Readonly<Record<string, string>> = {},
): BenignRequest => {
  const [Method = "GET", Path = "/"] = line.split(" ");
  return { Method, Path, ...(Body === undefined ? {} : { Body }), Headers: { "User-Agent": agent, ...headers } };
};
const times = (count: number, one: BenignRequest): readonly BenignRequest[] => Array.from({ length: count }, () => one);
const model = (name: string): string => JSON.stringify({ model: name });

const PYTHON = "ollama-python/0.6.0 (x86_64 linux) Python/3.12.4";
const OPENAI = "OpenAI/Python 1.99.1";

/** What honest clients ask in one round, by kind; `perMinute` is what one such client asks in life, at most. */
export const SHAPES = {
  chat: { perMinute: 4, requests: [ask("GET /api/tags", PYTHON), ...times(9, ask("POST /api/chat", PYTHON, CHAT))] },
  embeddings: { perMinute: 300, requests: times(20, ask("POST /api/embed", "python-requests/2.32.3", EMBED)) },
  monitor: {
    perMinute: 12,
    requests: [...times(8, ask("GET /api/version", "Prometheus/3.5.0")), ask("GET /api/ps", "curl/8.14.1")],
  },
  page: {
    perMinute: 30,
    requests: [
      ask("GET /api/version", PAGE["User-Agent"], undefined, PAGE),
      ask("GET /api/tags", PAGE["User-Agent"], undefined, PAGE),
      ask("OPTIONS /api/chat", PAGE["User-Agent"], undefined, { ...PAGE, "Access-Control-Request-Method": "POST" }),
      ...times(6, ask("POST /api/chat", PAGE["User-Agent"], CHAT, PAGE)),
    ],
  },
  webui: {
    perMinute: 20,
    requests: [
      ask("GET /api/tags", "Python/3.11 aiohttp/3.12.15"),
      ask("GET /api/ps", "Python/3.11 aiohttp/3.12.15"),
      ask("POST /api/show", "Python/3.11 aiohttp/3.12.15", model("example-chat")),
      ...times(7, ask("POST /api/chat", "Python/3.11 aiohttp/3.12.15", CHAT)),
    ],
  },
  openai: {
    perMinute: 10,
    requests: [
      ask("GET /v1/models", OPENAI),
      ...times(7, ask("POST /v1/chat/completions", OPENAI, CHAT)),
      ...times(2, ask("POST /v1/embeddings", OPENAI, EMBED)),
    ],
  },
  agent: {
    perMinute: 20,
    requests: [
      ...times(6, ask("POST /v1/messages", "claude-cli/2.0.14 (external, cli)", CHAT)),
      ...times(4, ask("POST /v1/responses", "codex_cli_rs/0.46.0", CHAT)),
    ],
  },
  browser: {
    perMinute: 1,
    requests: [
      ask("GET /", PAGE["User-Agent"]),
      ask("GET /favicon.ico", PAGE["User-Agent"], undefined, { "X-Answer": "404" }),
      ask("GET /robots.txt", PAGE["User-Agent"], undefined, { "X-Answer": "404" }),
    ],
  },
  /** Now and then a model is misspelt, a queue is full, a runner ends: once in a thousand requests each. */
  trouble: {
    perMinute: 0.02,
    requests: [
      ask("POST /api/chat", PYTHON, model("exmaple-chat"), { "X-Answer": "404" }),
      ask("POST /api/chat", PYTHON, CHAT, { "X-Answer": "503" }),
      ask("POST /api/generate", PYTHON, CHAT, { "X-Answer": "500" }),
      ask("POST /api/chat", PYTHON, "{", { "X-Answer": "400" }),
    ],
  },
  /** The owner, on the machine itself. */
  owner: {
    perMinute: 1,
    requests: [
      ask("HEAD /", "ollama/0.33.0 (amd64 linux) Go/go1.24.0"),
      ask("POST /api/show", "ollama/0.33.0 (amd64 linux) Go/go1.24.0", model("example-chat")),
      ask("POST /api/pull", "ollama/0.33.0 (amd64 linux) Go/go1.24.0", model("example-chat")),
      ask("POST /api/create", "ollama/0.33.0 (amd64 linux) Go/go1.24.0", model("mine")),
      ask("POST /api/copy", "ollama/0.33.0 (amd64 linux) Go/go1.24.0", '{"source":"mine","destination":"old"}'),
      ask("DELETE /api/delete", "ollama/0.33.0 (amd64 linux) Go/go1.24.0", model("old")),
      ask("GET /api/ps", "ollama/0.33.0 (amd64 linux) Go/go1.24.0"),
    ],
  },
} as const satisfies Record<string, { readonly perMinute: number; readonly requests: readonly BenignRequest[] }>;

export type ShapeName = keyof typeof SHAPES;

/** Clients of one kind: from how many addresses, and how often each goes through its round. */
export interface Crowd {
  readonly shape: ShapeName;
  /** `10.20.1.` and the last number from 1 up. */
  readonly from: string;
  readonly clients: number;
  readonly rounds: number;
}

/** A client as `clients/main.go` reads it. */
export interface BenignClient {
  readonly Source: string;
  readonly Target: string;
  readonly Requests: readonly BenignRequest[];
  readonly Rounds: number;
  readonly PauseMs: number;
}

/** Every client of the crowds. */
export function clientsOf(crowds: readonly Crowd[], target: string, pauseMs: number): readonly BenignClient[] {
  return crowds.flatMap(({ shape, from, clients, rounds }) =>
    Array.from({ length: clients }, (_, index) => ({
      Source: `${from}${index + 1}`,
      Target: target,
      Requests: SHAPES[shape].requests,
      Rounds: rounds,
      PauseMs: pauseMs,
    })),
  );
}

/** An everyday mixture; `scale` times its rounds; each kind in a network of its own, or all behind the addresses of one office. */
export function everyday(network: (kind: number) => string, scale: number): readonly Crowd[] {
  const crowd = (shape: ShapeName, kind: number, clients: number, rounds: number): Crowd => ({
    shape,
    from: network(kind),
    clients,
    rounds: Math.max(1, Math.round(rounds * scale)),
  });
  return [
    crowd("chat", 1, 40, 100),
    crowd("embeddings", 2, 3, 1500),
    crowd("monitor", 3, 4, 800),
    crowd("page", 4, 20, 100),
    crowd("webui", 5, 4, 700),
    crowd("openai", 6, 20, 100),
    crowd("agent", 7, 10, 150),
    crowd("browser", 8, 10, 5),
    crowd("trouble", 1, 10, 10),
  ];
}
