import { randomBytes } from "node:crypto";
import { constants, copyFile, link, lstat, open, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { stringify } from "yaml";
import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import { readHostNetwork } from "../../machine/listening-sockets.io.ts";
import { makeFolder } from "../../machine/make-folder.io.ts";
import type { CommandRun, OptionValues, Terminal } from "../../model/command.ts";
import { Complaint, EXIT } from "../../model/complaint.ts";
import type { Problem } from "../../model/complaint.ts";
import { textOption } from "../../store/command-option.ts";
import { configWarnings } from "../config/config-warnings.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";
import { gatewayYaml, wishedConfig } from "../config/gateway-yaml.ts";
import { OPEN_WORDS } from "../config/bind-rules.ts";
import { withAbsolutePaths } from "../config/load-config.io.ts";
import { parseGateway } from "../config/parse-gateway.ts";
import { upstreamExposure } from "../config/upstream-exposure.ts";
import { openKeyStore } from "../keys/key-store.io.ts";
import type { MadeKey } from "../keys/key-store.io.ts";
import { makeAuditKey } from "../record/audit-key.io.ts";
import { makeOperationsToken } from "../record/operations-token.io.ts";
import { ensureLocalCertificate } from "../tls/local-ca.io.ts";
import { ownNames } from "../tls/local-names.ts";
import { trustWords } from "../tls/trust-words.ts";
import { CONFIG_FILE } from "./gateway-place.io.ts";
import { initWishes, nextQuestion } from "./init-wish.ts";

const ROUTES = { ids: Object.keys(MODEL_ROUTES) };

/** `corral gateway init`: writes a commented configuration and what belongs to it, and shows the first key once. Writes over nothing. */
export const runGatewayInit: CommandRun = async (_args, options, terminal) => {
  const path = textOption(options, "config") ?? CONFIG_FILE;
  await refuseIfThere(path, terminal.cwd);
  const said = await answers(options, terminal);
  const written = configText(said, path);
  const file = resolve(terminal.cwd, path);
  const config = withAbsolutePaths(written.config, dirname(file));
  const token = await makeState(config);
  await writeNew(file, written.text);
  const key = await firstKey(config, said);
  await show({ path, config, key, token }, options, terminal);
  return EXIT.fine;
};

/** Flags, and on a terminal the answers to what they leave open. Who ends the input, or interrupts, has nothing written. */
async function answers(options: OptionValues, terminal: Terminal): Promise<OptionValues> {
  if (options["yes"] === true || !terminal.interactive) return options;
  const lines = linesOf(terminal.input());
  let said = options;
  for (let question = nextQuestion(said); question !== null; question = nextQuestion(said)) {
    terminal.say(`${question.asks} [${question.usual}]`);
    const line = await Promise.race([lines.next(), stopped(terminal.stopped)]);
    if (line === "stopped") throw new Complaint("interrupted; nothing was written", null, EXIT.interrupted);
    if (line.done === true)
      throw new Complaint("the answers ended early; nothing was written", "--yes takes what is usual");
    const answer = line.value.trim();
    said = { ...said, [question.option]: answer === "" ? question.usual : answer };
  }
  await lines.return();
  return said;
}

function stopped(signal: AbortSignal): Promise<"stopped"> {
  return new Promise((settle) => {
    if (signal.aborted) settle("stopped");
    else signal.addEventListener("abort", () => settle("stopped"), { once: true });
  });
}

const LONGEST_ANSWER = 4096;

async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  let rest = "";
  for await (const chunk of input) {
    const parts = (rest + Buffer.from(chunk).toString("utf8")).slice(0, LONGEST_ANSWER).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}

/** The file's text; every rule that it would break is told before anything is written. */
function configText(said: OptionValues, path: string): { readonly text: string; readonly config: GatewayConfig } {
  const wishes = initWishes(said);
  if (!wishes.ok) throw new Complaint(wishes.error, "corral gateway init --help");
  const { upstream, listen, role } = wishes.value;
  const draft = parseGateway(stringify({ upstream, listen, roles: { [role]: {} } }), path, ROUTES);
  if (!draft.ok) {
    const isOpen = draft.error.some(({ message }) => message.includes(OPEN_WORDS));
    const problems = draft.error.map((one) => ({ ...one, place: flagOf(keysOf(one)) }));
    throw new Complaint(problems, isOpen ? FLAG_HINT : "corral gateway init --help");
  }
  const config = wishedConfig(wishes.value);
  return { text: gatewayYaml(config), config };
}

const FLAG_HINT =
  "beyond this machine add --tls local-ca (or CERT.pem,KEY.pem), --behind with the proxy's address, or for a home network --private-ranges";

function keysOf({ place }: Problem): string[] {
  return (place.split(" ")[1] ?? "").split(/[.[]/u, 3);
}

const FLAGS: Readonly<Record<string, string>> = {
  upstream: "--upstream",
  roles: "--role",
  tls: "--tls",
  behind: "--behind",
  names: "--name",
  plain: "--private-ranges",
};

/** The flag that a key of the configuration came from. */
function flagOf([group = "", key = ""]: readonly string[]): string {
  const name = group === "listen" ? key : group;
  return (Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined) ?? "--listen";
}

async function refuseIfThere(path: string, cwd: string): Promise<void> {
  const found = await lstat(resolve(cwd, path)).catch(() => null);
  if (found !== null) throw alreadyThere(path);
}

function alreadyThere(path: string): Complaint {
  return new Complaint(
    [{ place: path, message: "is there already; nothing was changed" }],
    "name another with --config, or edit it",
  );
}

/** The whole file or none, and never in place of another: a link fails where a name exists. */
async function writeNew(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  const part = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.part`);
  try {
    const file = await open(part, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await putThere(part, path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") throw alreadyThere(path);
    throw error;
  } finally {
    await rm(part, { force: true });
  }
}

/** Where the file system has no links, a copy that is refused when the name exists. */
async function putThere(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP") throw error;
    await copyFile(part, path, constants.COPYFILE_EXCL);
  }
}

/** Folder, signing key and operations token; @returns the token, or `null` when there was one. */
async function makeState(config: GatewayConfig): Promise<string | null> {
  await makeFolder(config.state, 0o700);
  await makeAuditKey(config.state);
  return config.operations === null ? null : makeOperationsToken(config.state);
}

async function firstKey(config: GatewayConfig, said: OptionValues): Promise<MadeKey> {
  using store = await openKeyStore(config.state);
  const role = Object.keys(config.roles)[0] ?? "user";
  const owner = textOption(said, "owner") ?? "owner";
  return store.add({ name: "first key", owner, role, expiresAt: null, addresses: null }, Date.now());
}

interface Made {
  readonly path: string;
  readonly config: GatewayConfig;
  readonly key: MadeKey;
  readonly token: string | null;
}

async function show({ path, config, key, token }: Made, options: OptionValues, terminal: Terminal): Promise<void> {
  const network = await readHostNetwork();
  const exposure = upstreamExposure(config.upstream, network);
  terminal.say(`wrote ${path}; its state is in ${config.state}`);
  for (const warning of [...configWarnings(config), ...(exposure === null ? [] : [exposure])])
    terminal.say(`warning: ${warning}`);
  if (config.listen.tls === "local-ca") {
    const names = ownNames(config.listen, hostname(), network.interfaces);
    const { authorityFile, fingerprint } = await ensureLocalCertificate(config.state, names, Date.now());
    for (const line of trustWords(authorityFile, fingerprint)) terminal.say(line);
  }
  if (options["json"] === true) {
    const made = { config: path, state: config.state, keyId: key.row.id, key: key.secret, operationsToken: token };
    await terminal.out(`${JSON.stringify(made)}\n`);
    return;
  }
  if (token !== null) terminal.say(`operations token (metrics and health), shown this once:\n${token}`);
  const start = path === CONFIG_FILE ? "corral gateway" : `corral gateway --config ${path}`;
  terminal.say(
    `start it with: ${start}\nkey ${key.row.id}, role ${key.row.role}. It is shown this once; only its hash is kept.`,
  );
  await terminal.out(`${key.secret}\n`);
}
