import type { ProductExample } from "../../src/knowledge/product.ts";
import { freePort, startBlackHole } from "./black-hole.ts";
import { emulatorReply } from "./emulators.ts";
import type { Emulator } from "./emulators.ts";
import { listen } from "./farm-server.ts";
import type { FarmBehaviour, FarmLogEntry } from "./farm-server.ts";
import { behind, deniedFront, loginFront, openWebUiProxy, tlsOnly } from "./fronts.ts";
import type { LoginAt, SaysToPlain } from "./fronts.ts";
import { hostileBehaviour } from "./hostile.ts";
import type { Deed } from "./hostile.ts";
import { answering, ollamaBehaviour } from "./ollama-host.ts";
import type { OllamaSpec } from "./ollama-host.ts";
import { productReply } from "./product-server.ts";

/** One server of a farm. Address and port default to a fresh 127.x.y.z and a free port. */
export type FarmSpec = { readonly address?: string; readonly port?: number } & (
  | OllamaSpec
  | { readonly kind: "login"; readonly at: LoginAt }
  | { readonly kind: "denied"; readonly status: 403 | 407 }
  | { readonly kind: "tls-only"; readonly says: SaysToPlain }
  | { readonly kind: "emulator"; readonly product: Emulator; readonly basePath?: string }
  | { readonly kind: "open-webui-proxy"; readonly basePath: string; readonly login: boolean }
  /** Does its deed on every request, or only on this path of an Ollama. */
  | { readonly kind: "hostile"; readonly deed: Deed; readonly path?: string }
  /** Answers as an example of a product's file. */
  | { readonly kind: "product"; readonly example: ProductExample }
  /** Nobody listens. */
  | { readonly kind: "dead" }
  /** A full backlog: no answer to a SYN. */
  | { readonly kind: "black-hole" }
);

/** Where a server of the farm stands. */
export interface FarmHost {
  readonly address: string;
  readonly port: number;
}

/** Real servers on loopback addresses. */
export interface Farm {
  /** In the order of the specs. */
  readonly hosts: readonly FarmHost[];
  /** Every request received so far, in order. */
  log(): readonly FarmLogEntry[];
  /** Request lines that one server received, in order. */
  asked(index: number): readonly string[];
  close(): Promise<void>;
}

interface Started extends FarmHost {
  close(): Promise<void>;
}

let farms = 0;
const HOSTS_PER_FARM = 4_096;

/** Starts every server; farms of one test run have addresses of their own. */
export async function startFarm(specs: readonly FarmSpec[]): Promise<Farm> {
  const log: FarmLogEntry[] = [];
  const first = farms * HOSTS_PER_FARM;
  farms += Math.ceil(specs.length / HOSTS_PER_FARM);
  const started = await Promise.all(specs.map(async (spec, index) => startHost(spec, addressOf(first + index), log)));
  return {
    hosts: started.map(({ address, port }) => ({ address, port })),
    log: () => log,
    asked: (index) => {
      const host = started[index];
      return log.filter((entry) => entry.address === host?.address && entry.port === host.port).map(({ line }) => line);
    },
    close: async () => {
      await Promise.all(started.map(async (host) => host.close()));
    },
  };
}

/** 127.process.x.y, so that processes that test at once do not meet. */
function addressOf(number: number): string {
  return `127.${20 + (process.pid % 200)}.${Math.floor(number / 250) % 256}.${1 + (number % 250)}`;
}

async function startHost(spec: FarmSpec, fallback: string, log: FarmLogEntry[]): Promise<Started> {
  const address = spec.address ?? fallback;
  const port = spec.port ?? 0;
  if (spec.kind === "black-hole") return startBlackHole(address, port);
  if (spec.kind === "dead") {
    return { address, port: port === 0 ? await freePort(address) : port, close: () => Promise.resolve() };
  }
  const server = await listen(behaviourOf(spec), address, port, log);
  return { address, ...server };
}

function behaviourOf(spec: Exclude<FarmSpec, { readonly kind: "black-hole" | "dead" }>): FarmBehaviour {
  switch (spec.kind) {
    case "ollama":
      return ollamaBehaviour(spec);
    case "login":
      return loginFront(spec.at);
    case "denied":
      return deniedFront(spec.status);
    case "tls-only":
      return tlsOnly(spec.says);
    case "emulator":
      return answering((request) => emulatorReply(spec.product, request.method, request.path), spec.basePath);
    case "product":
      return answering((request) => productReply(spec.example, request.path));
    case "open-webui-proxy":
      return openWebUiProxy(spec.basePath, spec.login);
    case "hostile":
      return hostileOn(spec.deed, spec.path);
  }
}

function hostileOn(deed: Deed, path: string | undefined): FarmBehaviour {
  const hostile = hostileBehaviour(deed);
  if (path === undefined) return hostile;
  const friendly = answering(behind);
  return { onRequest: (request, socket) => (request.path === path ? hostile : friendly).onRequest(request, socket) };
}
