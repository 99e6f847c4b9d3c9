import type { CommandRow, OptionRow } from "./command-row.ts";
import { JSON_FLAG } from "./shared-options.ts";

const CONFIG: OptionRow = { value: "FILE", describe: "the configuration (default: gateway.yaml)" };
const STATE: OptionRow = { value: "DIR", describe: "the state folder in place of the configuration's" };
const KEY_ID = { name: "ID", describe: "public id of the key, 8 hex digits", required: true } as const;

const GATEWAY: CommandRow = {
  name: "gateway",
  summary: "stand in front of a model server: who may ask it what, how much, and a record of it",
  about: [
    "Runs until it is told to stop; then requests that run may end. Listens on loopback unless the configuration says otherwise,",
    "and beyond it only with keys and TLS, behind a named proxy, or for private ranges alone; else it does not start.",
    "SIGHUP or a changed file reads the configuration again; a bad one changes nothing.",
    "Beside it: gateway init, key add|list|revoke|rotate, token, try, usage, audit verify.",
  ],
  args: [],
  options: { config: CONFIG },
  examples: [
    { line: "corral gateway init && corral gateway", tells: "for an Ollama on this machine" },
    { line: "corral gateway --config /etc/corral/gateway.yaml", tells: "as a service does" },
  ],
  load: async () => (await import("../gateway/serve/gateway-command.io.ts")).runGateway,
};

const INIT: CommandRow = {
  name: "gateway init",
  summary: "write a commented gateway.yaml and make the first key, shown once",
  about: [
    "Asks on a terminal for what no flag says. Writes over nothing. The key goes to stdout, words to stderr.",
    "Looks whether the model server itself can be reached past the gateway, and says so.",
  ],
  args: [],
  options: {
    config: { value: "FILE", describe: "file to write (default: gateway.yaml)" },
    upstream: { value: "URL", describe: "the model server (default: http://127.0.0.1:11434)" },
    listen: { value: "PLACE", describe: "address and port for clients (default: 127.0.0.1:11435)" },
    tls: { value: "HOW", describe: "local-ca, CERT.pem,KEY.pem, or none; beyond loopback it takes one" },
    name: { value: "NAME", describe: "name or address that clients use, for local-ca", multiple: true },
    behind: { value: "CIDR", describe: "address of the proxy in front, in place of TLS", multiple: true },
    "private-ranges": { describe: "no TLS, for peers in private ranges alone: keys cross the network readable" },
    role: { value: "NAME", describe: "role of the first key: user (default), admin, or another name" },
    owner: { value: "WHO", describe: "owner of the first key" },
    yes: { describe: "ask nothing: what no flag says is as usual" },
    json: JSON_FLAG,
  },
  examples: [
    { line: "corral gateway init", tells: "asks" },
    {
      line: "corral gateway init --yes --listen 0.0.0.0:11435 --tls local-ca --name gpu.lan > key.txt",
      tells: "for a network of one's own",
    },
  ],
  load: async () => (await import("../gateway/command/init-command.io.ts")).runGatewayInit,
};

const KEY_ADD: CommandRow = {
  name: "gateway key add",
  summary: "make a key; it is shown once, and only its hash is kept",
  about: ["A running gateway knows it within a second."],
  args: [],
  options: {
    name: { value: "NAME", describe: "what the key is for", required: true },
    owner: { value: "WHO", describe: "whose it is (default: the name)" },
    role: { value: "ROLE", describe: "a role of the configuration (default: the only one)" },
    expires: { value: "WHEN", describe: "24h, 90d, 2027-01-31, or never (default)" },
    address: { value: "CIDR", describe: "address or prefix it may be used from (default: any)", multiple: true },
    config: CONFIG,
    json: JSON_FLAG,
  },
  examples: [
    { line: "corral gateway key add --name 'build server' --role user --expires 90d", tells: "for a while" },
    { line: "corral gateway key add --name notebook --address 192.168.1.0/24", tells: "from one network" },
  ],
  load: async () => (await import("../gateway/command/key-command.io.ts")).runKeyAdd,
};

const KEY_LIST: CommandRow = {
  name: "gateway key list",
  summary: "list the keys: state, role, owner, end, addresses",
  about: ["No key can be shown again."],
  args: [],
  options: { config: CONFIG, state: STATE, json: JSON_FLAG },
  examples: [{ line: "corral gateway key list", tells: "all, revoked ones too" }],
  load: async () => (await import("../gateway/command/key-command.io.ts")).runKeyList,
};

const KEY_REVOKE: CommandRow = {
  name: "gateway key revoke",
  summary: "end a key for good",
  about: ["A running gateway knows it within a second; streams that run go on to their end."],
  args: [KEY_ID],
  options: { config: CONFIG, state: STATE },
  examples: [{ line: "corral gateway key revoke 1f2e3d4c", tells: "after a leak" }],
  load: async () => (await import("../gateway/command/key-command.io.ts")).runKeyRevoke,
};

const KEY_ROTATE: CommandRow = {
  name: "gateway key rotate",
  summary: "make a key with the same rights; the old one works for a while longer",
  about: [],
  args: [KEY_ID],
  options: {
    grace: { value: "SPAN", describe: "how long the old one still works: 24h (default), 7d, 0" },
    config: CONFIG,
    state: STATE,
    json: JSON_FLAG,
  },
  examples: [{ line: "corral gateway key rotate 1f2e3d4c --grace 7d", tells: "time to change the clients" }],
  load: async () => (await import("../gateway/command/key-command.io.ts")).runKeyRotate,
};

const TOKEN: CommandRow = {
  name: "gateway token",
  summary: "make the token of metrics and health anew; it is shown once",
  about: ["Only its hash is kept. A running gateway knows it after a restart."],
  args: [],
  options: { config: CONFIG, state: STATE },
  examples: [{ line: "corral gateway token > token.txt", tells: "for Prometheus" }],
  load: async () => (await import("../gateway/command/token-command.io.ts")).runGatewayToken,
};

const TRY: CommandRow = {
  name: "gateway try",
  summary: "tell what a request would be decided, and why, without sending it",
  about: [
    "Decided by the very code that decides; exit 1 when it would be refused. Nothing is counted, and quotas are not judged.",
    "Shows the body as it would be sent on where the role changes it.",
  ],
  args: [
    { name: "METHOD", describe: "GET, HEAD, POST, DELETE", required: true },
    { name: "PATH", describe: "as the client sends it: /api/chat", required: true },
  ],
  options: {
    "key-id": { value: "ID", describe: "as this key, as it stands now" },
    role: { value: "ROLE", describe: "as any key of this role" },
    body: { value: "FILE", describe: "the request's body, - for standard input" },
    "content-type": { value: "TYPE", describe: "its content type, for multipart bodies" },
    address: { value: "IP", describe: "address of the client, for keys bound to some (default: 127.0.0.1)" },
    config: CONFIG,
    json: JSON_FLAG,
  },
  examples: [
    { line: "corral gateway try POST /api/pull --role user", tells: "management, denied" },
    { line: "corral gateway try POST /api/chat --key-id 1f2e3d4c --body request.json", tells: "a request, by a key" },
  ],
  load: async () => (await import("../gateway/command/try-command.io.ts")).runGatewayTry,
};

const USAGE: CommandRow = {
  name: "gateway usage",
  summary: "tell what each key used: requests, tokens, model seconds, and what that costs",
  about: ["Money only where the configuration has a tariff. Prompts are nowhere kept."],
  args: [],
  options: {
    config: CONFIG,
    state: STATE,
    key: { value: "ID", describe: "one key" },
    from: { value: "DAY", describe: "from this UTC day on" },
    until: { value: "DAY", describe: "to the end of this UTC day" },
    json: JSON_FLAG,
    csv: { describe: "CSV with a header" },
  },
  examples: [{ line: "corral gateway usage --from 2026-11-01 --csv", tells: "a month's table" }],
  load: async () => (await import("../gateway/record/usage-command.io.ts")).runGatewayUsage,
};

const AUDIT_VERIFY: CommandRow = {
  name: "gateway audit verify",
  summary: "read the whole audit trail and tell every edit, deletion, insertion, wrong order and cut",
  about: [
    "Each with its file and line; exit 1 when there is one. What lies after the last signed checkpoint is told as unsigned.",
    "Keep a copy of audit-key.pub.pem, and now and then of the last checkpoint, on another machine: they show a cut too.",
  ],
  args: [],
  options: {
    config: CONFIG,
    state: { value: "DIR", describe: "the state folder in place of the configuration's (without one: gateway-state)" },
    "public-key": { value: "FILE", describe: "a copy of audit-key.pub.pem (default: the one in the state folder)" },
    checkpoint: { value: "FILE", describe: "a checkpoint line kept elsewhere" },
    from: { value: "NAME", describe: "first file still kept, where older ones were removed on purpose" },
    json: JSON_FLAG,
  },
  examples: [{ line: "corral gateway audit verify --public-key audit-key.pub.pem", tells: "against one's own copy" }],
  load: async () => (await import("../gateway/record/verify-command.io.ts")).runGatewayAuditVerify,
};

/** Every command of the gateway. */
export const GATEWAY_ROWS: readonly CommandRow[] = [
  GATEWAY,
  INIT,
  KEY_ADD,
  KEY_LIST,
  KEY_REVOKE,
  KEY_ROTATE,
  TOKEN,
  TRY,
  USAGE,
  AUDIT_VERIFY,
];
